package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;

/** The user's requests about cached objects: fill a thread's magazines, empty them, return memory. */
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

    /** Fills the magazines of the calling thread; returns the number of objects guaranteed. */
    public int prefill(ThreadCache own, int objects) {
        if (objects < 0) {
            throw new IllegalArgumentException("objects is " + objects + "; expected 0 or more");
        }
        core.requireOpen();
        return core.magazines.prefill(own, objects);
    }

    /** Returns empty slabs to the source; the result is their size in bytes. */
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
