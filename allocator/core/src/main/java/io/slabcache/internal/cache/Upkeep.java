package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.SlabWarming;
import org.jspecify.annotations.Nullable;

/** The user's requests about cached objects: fill a thread's magazines, empty them, return memory. */
public final class Upkeep {
    private final CacheCore core;
    private final SlowPath slow;
    private final Leaks leaks;
    private final Inspection inspection;

    Upkeep(CacheCore core, SlowPath slow, Leaks leaks, Inspection inspection) {
        this.core = core;
        this.slow = slow;
        this.leaks = leaks;
        this.inspection = inspection;
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

    /**
     * Makes slabs until so many objects are free in slabs, or there are no more to make; touches all pages and makes all
     * segments.
     *
     * @param objects more than 0
     * @return the objects free in slabs now; 0, with nothing changed, if the bound does not allow so many
     * @throws OutOfMemoryError if there is no memory; the slabs made until then stay
     */
    public long reserve(long objects) {
        if (objects <= 0) {
            throw new IllegalArgumentException("objects is " + objects + "; expected 1 or more");
        }
        core.requireOpen();
        if (objects > core.maxObjects() - inspection.stats().liveObjects()) {
            return 0;
        }
        core.reserving.incrementAndGet();
        try {
            grow(objects);
        } finally {
            core.reserving.decrementAndGet();
        }
        SlabWarming.warm(core.supply.slabs());
        return core.supply.counts().freeObjects();
    }

    private void grow(long objects) {
        boolean grown = true;
        while (grown && core.supply.counts().freeObjects() < objects) {
            grown = core.supply.grower().reserve(objects);
        }
        core.requireOpen();
        @Nullable String refusal = core.supply.refusal();
        if (!grown && refusal != null) {
            throw new OutOfMemoryError(core + " could not reserve " + objects + " objects: " + refusal);
        }
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
