package io.slabcache.tests.threads;

import io.slabcache.SlabCache;

/** Known bad: loses a freed object at times. */
final class LosingPool extends FaultyPool {
    LosingPool(SlabCache cache) {
        super(cache);
    }

    @Override
    public void free(long address) {
        if (!isTime()) {
            super.free(address);
        }
    }
}
