package io.slabcache.internal.cache;

import io.slabcache.internal.budget.Reclaimable;
import java.util.concurrent.atomic.AtomicLong;

/** Gives memory of one cache to others under the same budget. Called by their threads. */
final class Reclaiming implements Reclaimable {
    /** Looks at the stacks of idle threads stop these for an instant, and two looks should not be one moment. */
    private static final long NANOS_BETWEEN_LOOKS = 100_000_000;

    private final CacheCore core;
    private final SlowPath slow;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());

    Reclaiming(CacheCore core, SlowPath slow) {
        this.core = core;
        this.slow = slow;
    }

    /**
     * An exception is not the caller's affair: damage in a debugged cache and a region that cannot be closed have been
     * reported already.
     */
    @Override
    public long giveBackOne(boolean thoroughly) {
        if (core.reserving.get() > 0) {
            return 0;
        }
        try {
            return thoroughly ? collectAndGiveBackOne() : core.supply.shrinkOne();
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private long collectAndGiveBackOne() {
        core.requireOpen();
        core.magazines.reclaim();
        // Guarded objects have one slab.
        long bytes = slow.shrink();
        bytes = bytes != 0 ? bytes : core.supply.shrinkOne();
        if (bytes == 0) {
            // A thread that uses several caches in turn may itself have cached what it needs elsewhere.
            core.magazines.flushUnpromised(core.current());
            if (isLookDue()) {
                core.magazines.reclaimIdle();
            }
            bytes = core.supply.shrinkOne();
        }
        core.magazines.forgetDeparted();
        return bytes;
    }

    private boolean isLookDue() {
        long now = System.nanoTime();
        long due = nextLook.get();
        return now - due >= 0 && nextLook.compareAndSet(due, now + NANOS_BETWEEN_LOOKS);
    }
}
