package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;

/** The last step of each free: puts objects that are marked free where the next allocation finds them. */
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

    private void pushSlow(ThreadCache cache, long address) {
        if (!core.hasMagazines) {
            freeUncached(address);
            return;
        }
        if (core.magazines.swapAndPush(cache, address)) {
            return;
        }
        core.requireOpen();
        core.magazines.free(cache, address);
        // Looked up again, because a thread's first free has registered a cache.
        core.current().learn(address, core.index);
    }

    private void freeUncached(long address) {
        if (!core.supply.free(address)) {
            core.requireOpen();
        }
    }

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
            // The stack overflowed: objects that are marked free must not be lost.
            while (pushed < count) {
                core.supply.free(addresses[pushed++]);
            }
        }
    }
}
