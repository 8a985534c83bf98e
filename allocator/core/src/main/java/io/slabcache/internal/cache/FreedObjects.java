package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;

/** Puts freed objects, which are marked free, where the next allocation finds them: the last step of each free. */
final class FreedObjects {
    private final CacheCore core;

    FreedObjects(CacheCore core) {
        this.core = core;
    }

    void push(ThreadCache cache, long address) {
        if (!cache.push(address)) {
            pushSlow(cache, address);
        }
    }

    void pushSlow(ThreadCache cache, long address) {
        if (core.magazines.swapAndPush(cache, address)) {
            return;
        }
        core.requireOpen();
        core.magazines.free(cache, address);
        // Not the cache that was given: a thread's first free has registered one.
        core.current().learn(address, core.index);
    }

    /** {@link #push} of many. */
    void pushAll(ThreadCache cache, long[] addresses, int count) {
        int pushed = 0;
        try {
            ThreadCache own = cache;
            while (pushed < count) {
                pushed += own.push(addresses, pushed, count - pushed);
                if (pushed < count) {
                    push(own, addresses[pushed++]);
                    own = own.hasOwner() ? own : core.current();
                }
            }
        } finally {
            // No stack was left: what is marked free already must not be lost.
            while (pushed < count) {
                core.supply.free(addresses[pushed++]);
            }
        }
    }
}
