package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import java.util.concurrent.Semaphore;

/** Known bad: a thread holds its stripe while the cache grows. */
final class StripeHoldingPool extends FaultyPool {
    private final Semaphore stripes = new Semaphore(2 * Runtime.getRuntime().availableProcessors());

    StripeHoldingPool(SlabCache cache) {
        super(cache);
    }

    @Override
    public long tryAllocate() {
        boolean held = stripes.tryAcquire();
        try {
            return super.tryAllocate();
        } finally {
            stripes.release(held ? 1 : 0);
        }
    }

    @Override
    public long tryAllocateCached() {
        if (!stripes.tryAcquire()) {
            return 0;
        }
        try {
            return super.tryAllocateCached();
        } finally {
            stripes.release();
        }
    }
}
