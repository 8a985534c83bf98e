package io.slabcache.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A region whose life is the life of its arena. */
record ArenaRegion(Arena arena, MemorySegment segment, long overheadBytes) implements MemoryRegion {
    /** To what the C library aligns all it allocates. */
    private static final long ALIGNMENT = 16;

    /** Allocates all that the region takes and aligns it here: the arena would do the same, but not say what it costs. */
    static ArenaRegion allocate(Arena arena, long bytes, long alignment) {
        if (Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment is " + alignment + "; expected a power of two");
        }
        MemorySegment whole = arena.allocate(bytes + Math.max(alignment - ALIGNMENT, 0), ALIGNMENT);
        long gap = -whole.address() & alignment - 1;
        return new ArenaRegion(arena, whole.asSlice(gap, bytes), whole.byteSize() - bytes);
    }

    @Override
    public void close() {
        arena.close();
    }
}
