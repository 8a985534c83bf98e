package io.slabcache.internal.slab;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The last steps of slabs that left use: a watcher may inspect them, then their memory goes back to its source. Runs
 * with no lock held, on several threads at once if necessary.
 */
public final class SlabDepartures {
    private final RegionReturns returns;
    private final Queue<Runnable> reports = new ConcurrentLinkedQueue<>();

    /** Written before the supply is in use. */
    private Function<List<Slab>, Runnable> look = slabs -> () -> {};

    SlabDepartures(RegionReturns returns) {
        this.returns = returns;
    }

    /**
     * Sets the last look at slabs before their memory goes back. Call it before the supply is in use.
     *
     * @param lastLook gets slabs that no look-up finds any more; its result reports the findings, runs when all memory
     *     is back, and throws nothing
     */
    public void watch(Function<List<Slab>, Runnable> lastLook) {
        look = lastLook;
    }

    /** Inspects slabs and returns their memory, even if the inspection fails. */
    void release(List<Slab> slabs, Returned returned) {
        try {
            reports.add(look.apply(slabs));
        } finally {
            returns.add(slabs);
            returns.closeAll(returned);
        }
    }

    /** Like {@link #release}, but returns one region only; the slab is perhaps not the one whose region that is. */
    void releaseOne(List<Slab> slab, Returned returned) {
        try {
            reports.add(look.apply(slab));
        } finally {
            returns.add(slab);
            returns.closeOne(returned);
        }
    }

    /** Reports the findings of the last looks. */
    void report() {
        for (Runnable report; (report = reports.poll()) != null; ) {
            report.run();
        }
    }
}
