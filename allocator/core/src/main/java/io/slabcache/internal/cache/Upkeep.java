package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;

/** What a cache does with its stock on request: fill a thread's magazines, empty them, give memory back. */
public final class Upkeep {
    private final CacheCore core;
    private final SlowPath slow;
    private final Leaks leaks;

    Upkeep(CacheCore core, SlowPath slow, Leaks leaks) {
        this.core = core;
        this.slow = slow;
        this.leaks = leaks;
    }

    /** Empties the magazines of the calling thread. */
    public void flush(ThreadCache own) {
        core.requireOpen();
        core.magazines.flush(own);
    }

    /** Fills the magazines of the calling thread; returns for how many of the objects. */
    public int prefill(ThreadCache own, int objects) {
        if (objects < 0) {
            throw new IllegalArgumentException("objects is " + objects + "; expected 0 or more");
        }
        core.requireOpen();
        return core.magazines.prefill(own, objects);
    }

    /** Gives empty slabs back; returns their bytes. */
    public long shrink() {
        core.requireOpen();
        leaks.report();
        core.magazines.reclaim();
        core.magazines.reclaimIdle();
        long bytes = slow.shrink() + core.supply.shrink();
        core.magazines.forgetDeparted();
        return bytes;
    }
}
