package io.slabcache.tests.handles;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Memory that records which regions were given back and stays accessible until the test ends, so that a mistake fails
 * instead of crashing.
 */
final class WatchedMemory implements MemorySource, AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final List<Region> regions = new CopyOnWriteArrayList<>();

    private static final class Region implements MemoryRegion {
        private final MemorySegment segment;
        private volatile boolean givenBack;

        Region(MemorySegment segment) {
            this.segment = segment;
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public void close() {
            givenBack = true;
        }
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        Region region = new Region(arena.allocate(bytes, alignment));
        regions.add(region);
        return region;
    }

    boolean isGivenBack(long address) {
        return regions.stream()
                .filter(region ->
                        Long.compareUnsigned(address - region.segment.address(), region.segment.byteSize()) < 0)
                .findFirst()
                .orElseThrow()
                .givenBack;
    }

    /** Returns the number of regions in use. */
    long held() {
        return regions.stream().filter(region -> !region.givenBack).count();
    }

    @Override
    public void close() {
        arena.close();
    }
}
