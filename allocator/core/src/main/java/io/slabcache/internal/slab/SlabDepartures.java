package io.slabcache.internal.slab;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The last that is done with slabs which are out of use: a watcher may look at what they hold, then their memory goes back
 * to its source. All this is done with no lock held, by several threads at once if need be.
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
     * Has slabs looked at before their memory goes back. To be called before the supply is in use.
     *
     * @param lastLook gets the slabs, which no look-up finds any more; what it returns reports what was found, is run when
     *     all memory is back, and throws nothing
     */
    public void watch(Function<List<Slab>, Runnable> lastLook) {
        look = lastLook;
    }

    /** Gives the memory of slabs back after a look at them, also if that fails. */
    void release(List<Slab> slabs, Returned returned) {
        try {
            reports.add(look.apply(slabs));
        } finally {
            returns.add(slabs);
            returns.closeAll(returned);
        }
    }

    /** Reports what the last looks have found. */
    void report() {
        for (Runnable report; (report = reports.poll()) != null; ) {
            report.run();
        }
    }
}
