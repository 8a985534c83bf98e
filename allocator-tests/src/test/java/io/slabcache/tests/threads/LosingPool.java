package io.slabcache.tests.threads;

import io.slabcache.SlabCache;

/** Known-bad: forgets an object that it was given back, now and then. */
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
