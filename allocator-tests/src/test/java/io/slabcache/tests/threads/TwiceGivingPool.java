package io.slabcache.tests.threads;

import io.slabcache.SlabCache;

/** Known bad: at times hands out the same object twice in a row. */
final class TwiceGivingPool extends FaultyPool {
    private volatile long last;

    TwiceGivingPool(SlabCache cache) {
        super(cache);
    }

    @Override
    public long tryAllocate() {
        long before = last;
        if (before != 0 && isTime()) {
            return before;
        }
        long address = super.tryAllocate();
        last = address;
        return address;
    }
}
