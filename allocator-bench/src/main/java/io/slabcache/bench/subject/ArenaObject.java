package io.slabcache.bench.subject;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An object in an arena of its own. A program must keep both: a segment does not know its arena.
 *
 * @param arena ends with the object
 * @param segment the object's memory
 */
public record ArenaObject(Arena arena, MemorySegment segment) {

    /** Allocates an object; the arena must have no other one. */
    public static ArenaObject in(Arena arena, long bytes) {
        return new ArenaObject(arena, arena.allocate(bytes, Long.BYTES));
    }

    void write(long value) {
        segment.set(ValueLayout.JAVA_LONG, 0, value);
    }
}
