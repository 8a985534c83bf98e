package io.slabcache.tests.threads;

import io.slabcache.SlabCache;

/** Known-bad: hands the object out that it handed out last, now and then. */
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
