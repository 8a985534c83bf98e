package io.slabcache.internal.util;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A source for structures that are made by the thousand and never touch their objects: all share the same memory, which
 * is never freed.
 */
public final class LentMemory implements MemorySource {
    private static final MemorySegment MEMORY = Arena.global().allocate(1 << 16, 64);

    private long used;

    /** Returns the address of the first region. */
    public static long base() {
        return MEMORY.address();
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        MemorySegment region = MEMORY.asSlice(used, bytes, alignment);
        used += bytes;
        return new Region(region);
    }

    private record Region(MemorySegment segment) implements MemoryRegion {
        @Override
        public void close() {}
    }
}
