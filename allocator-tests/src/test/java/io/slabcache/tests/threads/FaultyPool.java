package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import java.util.concurrent.atomic.AtomicInteger;

/** An entry point of a healthy cache, except for the one call that a subclass breaks. */
class FaultyPool implements Pool {
    /** One in so many calls goes wrong, so that the faults are hard to find. */
    private static final int RARELY = 97;

    private final Pool healthy;
    private final AtomicInteger calls = new AtomicInteger();

    FaultyPool(SlabCache cache) {
        this.healthy = Pool.of(cache);
    }

    final boolean isTime() {
        return calls.incrementAndGet() % RARELY == 0;
    }

    @Override
    public long tryAllocate() {
        return healthy.tryAllocate();
    }

    @Override
    public long tryAllocateCached() {
        return healthy.tryAllocateCached();
    }

    @Override
    public void free(long address) {
        healthy.free(address);
    }

    @Override
    public int prefill(int objects) {
        return healthy.prefill(objects);
    }
}
