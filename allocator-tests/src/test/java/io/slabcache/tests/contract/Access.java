package io.slabcache.tests.contract;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;

/** The entry points and the kinds of thread that call them. */
enum Access {
    CACHE,
    LOCAL_CACHE,
    CACHE_ON_VIRTUAL_THREAD,
    LOCAL_CACHE_ON_VIRTUAL_THREAD;

    boolean isVirtual() {
        return this == CACHE_ON_VIRTUAL_THREAD || this == LOCAL_CACHE_ON_VIRTUAL_THREAD;
    }

    /** To be called by the thread that will use the result. */
    ObjectAllocator to(SlabCache cache) {
        return this == CACHE || this == CACHE_ON_VIRTUAL_THREAD ? cache : cache.local();
    }
}
