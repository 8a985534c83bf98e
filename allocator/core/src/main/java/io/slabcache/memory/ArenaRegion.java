package io.slabcache.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A region whose life is the life of its arena. */
record ArenaRegion(Arena arena, MemorySegment segment) implements MemoryRegion {
    @Override
    public void close() {
        arena.close();
    }
}
