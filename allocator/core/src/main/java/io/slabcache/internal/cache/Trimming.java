package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.MagazineCounts;
import java.time.Duration;

/** Gives memory back that was not used for some time, one slab in each step. Used by one thread at a time, the keeper. */
final class Trimming {
    private final CacheCore core;
    private final long periodNanos;

    /** Free objects that stay. */
    private final long kept;

    private long lookAt;

    /** Free objects that the last look found unused and that were not given back yet. */
    private long unused;

    /** A sum that changes with each use of the magazines and the depot. */
    private long activity;

    Trimming(CacheCore core, Duration unused, long kept) {
        this.core = core;
        this.periodNanos = unused.toNanos();
        this.kept = kept;
        this.lookAt = System.nanoTime() + periodNanos;
    }

    boolean work(long now) {
        if (now - lookAt >= 0) {
            lookAt = now + periodNanos;
            look();
        }
        return unused > 0 && trim();
    }

    /** Looks again at the free objects, because threads may have taken some since the last step. */
    private boolean trim() {
        long most = Math.min(unused, core.supply.counts().freeObjects() - kept);
        long trimmed = most > 0 ? core.supply.shrinking().trim(most) : 0;
        unused = trimmed == 0 ? 0 : unused - trimmed;
        if (trimmed > 0) {
            core.supply.grower().noteTrim();
            core.magazines.forgetDeparted();
        }
        return trimmed > 0;
    }

    /** What this moves from magazines to slabs is unused since now, so the next look counts it. */
    private void look() {
        unused = core.supply.shrinking().takeUnused() - kept;
        core.magazines.reclaimIdle();
        long before = activity;
        activity = activity();
        if (activity == before) {
            core.magazines.reclaim();
        }
    }

    private long activity() {
        MagazineCounts counts = core.magazines.counts();
        return counts.frees() + counts.depotGets() + counts.depotPuts();
    }
}
