package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A memory source that counts how often each of its regions was given back. */
final class CountingSource implements MemorySource {
    private final MemorySource source;
    private final Queue<Region> regions = new ConcurrentLinkedQueue<>();

    CountingSource(MemorySource source) {
        this.source = source;
    }

    private record Region(MemoryRegion region, AtomicInteger closes) implements MemoryRegion {
        @Override
        public MemorySegment segment() {
            return region.segment();
        }

        @Override
        public void close() {
            // Counted first, because the arena refuses a second close.
            closes.incrementAndGet();
            region.close();
        }
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        Region made = new Region(source.allocate(bytes, alignment), new AtomicInteger());
        regions.add(made);
        return made;
    }

    /** Checks that one call gave each region back and that it is dead, however many threads closed the cache. */
    void checkAllGivenBackOnce() {
        assertFalse(regions.isEmpty(), "the cache never had memory");
        assertAll(regions.stream().map(region -> () -> {
            assertEquals(1, region.closes.get(), "times that a region was given back");
            assertFalse(region.segment().scope().isAlive(), "memory outlives its cache");
        }));
    }
}
