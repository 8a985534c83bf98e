package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Waiting;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Objects of other threads on their way to the slab layer. From the moment they leave their magazines until the slab
 * layer has them, they are in no place that a count looks at, although no caller holds them. So a count that must not
 * take them for live objects looks here before and after.
 *
 * <p>Others wait for the end of a transfer, so it waits for nothing but locks, and its thread stays mounted.
 */
public final class Transfers {
    private static final int ENDED_SHIFT = 24;
    private static final long ONE_ENDED = 1L << ENDED_SHIFT;
    private static final long UNDER_WAY = ONE_ENDED - 1;

    /** In steps of {@link Waiting}: about 6 ms, far longer than a transfer whose thread runs. */
    private static final int PATIENCE = 110;

    /** The number that ended and, in the low bits, the number under way: one value, so that a reader gets both at once. */
    private final AtomicLong state = new AtomicLong();

    /** Begins a transfer. The caller has claimed stack for all of it, and ends it in any case. */
    void begin() {
        Waiting.prepare();
        Waiting.stayMounted();
        state.getAndAdd(1);
        // A count that finds an object gone finds this.
        VarHandle.storeStoreFence();
    }

    /** Ends a transfer. */
    void end() {
        state.getAndAdd(ONE_ENDED - 1);
        Waiting.mayUnmount();
    }

    /**
     * Returns the number of transfers until now, if none is under way.
     *
     * @return their number, or -1 if one is under way
     */
    public long settled() {
        // Whatever a count has read before this was there before.
        VarHandle.loadLoadFence();
        long now = state.get();
        return (now & UNDER_WAY) == 0 ? now >>> ENDED_SHIFT : -1;
    }

    /**
     * Waits some milliseconds at most until no transfer is under way.
     *
     * @return as {@link #settled}
     */
    public long awaited() {
        long settled = settled();
        for (int steps = 0; settled < 0 && steps < PATIENCE; steps++) {
            Waiting.step(steps);
            settled = settled();
        }
        return settled;
    }

    /**
     * Returns whether no object was in transfer since an earlier look.
     *
     * @param before the result of that look
     * @return whether what was counted since then is free of transfers
     */
    public boolean noneSince(long before) {
        return before >= 0 && before == settled();
    }
}
