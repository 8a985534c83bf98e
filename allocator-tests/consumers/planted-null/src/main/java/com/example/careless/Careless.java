package com.example.careless;

import io.slabcache.SlabCache;

/** Uses the result of a call that returns null at the bound. */
public final class Careless {
    private Careless() {}

    static void clearOne(SlabCache cache) {
        cache.tryAllocate().fill((byte) 0);
    }
}
