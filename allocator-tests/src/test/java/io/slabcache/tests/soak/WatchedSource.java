package io.slabcache.tests.soak;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory source of one cache: counts regions in use, and fails at times on demand. A cache requests and returns one
 * region at a time, under its growth lock, which also guards the random numbers.
 */
final class WatchedSource implements MemorySource {
    private static final int ONE_IN = 5;

    private final MemorySource memory;
    private final SplittableRandom random;
    private final AtomicInteger out = new AtomicInteger();
    private final AtomicLong givenBytes = new AtomicLong();
    private final AtomicInteger injected = new AtomicInteger();
    private volatile boolean isFailing;

    WatchedSource(MemorySource memory, SplittableRandom random) {
        this.memory = memory;
        this.random = random;
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        StackEdge.claim();
        if (isTime()) {
            injected.incrementAndGet();
            if (random.nextBoolean()) {
                throw new Injected.OutOfMemory();
            }
            throw new Injected.Refusal("memory source");
        }
        MemoryRegion region = memory.allocate(bytes, alignment);
        out.incrementAndGet();
        givenBytes.addAndGet(bytes);
        return new Region(region);
    }

    private boolean isTime() {
        return isFailing && random.nextInt(ONE_IN) == 0;
    }

    /** Sets whether it fails at times; at first it does not. */
    void fail(boolean now) {
        isFailing = now;
    }

    /** Returns the number of regions that were given and not closed. */
    int out() {
        return out.get();
    }

    /** Returns the bytes of all regions given so far. */
    long givenBytes() {
        return givenBytes.get();
    }

    /** Returns how often it failed. */
    int injected() {
        return injected.get();
    }

    private final class Region implements MemoryRegion {
        private final MemoryRegion region;
        private final AtomicBoolean closed = new AtomicBoolean();

        Region(MemoryRegion region) {
            this.region = region;
        }

        @Override
        public MemorySegment segment() {
            return region.segment();
        }

        @Override
        public void close() {
            StackEdge.claim();
            if (isTime()) {
                injected.incrementAndGet();
                throw new IllegalStateException("injected: the region is still in use");
            }
            if (!closed.compareAndSet(false, true)) {
                throw new AssertionError("region closed twice: " + region.segment());
            }
            region.close();
            out.decrementAndGet();
        }
    }
}
