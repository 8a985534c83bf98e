package io.slabcache.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The source behind {@link MemorySource#arena()}: one shared arena for each region. */
final class ArenaMemory {
    /** The alignment of every allocation of the C library, in bytes. */
    private static final long ALIGNMENT = 16;

    private ArenaMemory() {}

    /** Aligns the segment here. The arena would do the same, but would not tell how many bytes that costs. */
    static MemoryRegion allocate(long bytes, long alignment) {
        if (Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment is " + alignment + "; expected a power of two");
        }
        if (bytes <= 0 || bytes > Long.MAX_VALUE - alignment) {
            throw new IllegalArgumentException(
                    "bytes is " + bytes + "; expected more than 0, and with the alignment less than 2^63");
        }
        Arena arena = Arena.ofShared();
        try {
            MemorySegment whole = arena.allocate(regionBytes(bytes, alignment), ALIGNMENT);
            long gap = -whole.address() & alignment - 1;
            return MemoryRegion.of(arena, whole.asSlice(gap, bytes), whole.byteSize() - bytes);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /** What a region takes, with the cost of its alignment. */
    static long regionBytes(long bytes, long alignment) {
        return bytes + Math.max(alignment - ALIGNMENT, 0);
    }
}
