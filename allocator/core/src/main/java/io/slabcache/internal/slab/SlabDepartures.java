package io.slabcache.internal.slab;

import io.slabcache.memory.MemoryRegion;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The last that is done with slabs which are out of use: somebody may look at what they hold, then their memory goes back
 * to its source.
 *
 * <p>Guarded by the growth lock of the {@link SlabSupply}, but for {@link #report}, which needs that no lock is held.
 */
public final class SlabDepartures {
    private final RegionReturns returns;
    private final Queue<Runnable> reports = new ConcurrentLinkedQueue<>();
    private Function<List<Slab>, Runnable> look = slabs -> () -> {};

    SlabDepartures(RegionReturns returns) {
        this.returns = returns;
    }

    /**
     * Has slabs looked at before their memory goes back. To be called before the supply is in use.
     *
     * @param lastLook gets the slabs, which nobody finds any more; what it returns reports what was found, is run when no
     *     lock is held, and throws nothing
     */
    public void watch(Function<List<Slab>, Runnable> lastLook) {
        look = lastLook;
    }

    /** {@link RegionReturns#release} after the last look, and whatever comes of that. */
    long release(List<Slab> slabs) {
        try {
            reports.add(look.apply(slabs));
        } catch (RuntimeException | Error e) {
            // Not even a look that fails keeps memory from going back.
            returns.release(slabs);
            throw e;
        }
        return returns.release(slabs);
    }

    /** {@link RegionReturns#discard}: nobody has seen the region, so there is nothing to look at. */
    void discard(MemoryRegion region, Throwable because) {
        returns.discard(region, because);
    }

    /** {@link RegionReturns#held}. */
    int held() {
        return returns.held();
    }

    /** Reports what the last looks have found. */
    void report() {
        for (Runnable report; (report = reports.poll()) != null; ) {
            report.run();
        }
    }
}
