package io.slabcache.internal.slab;

import io.slabcache.internal.util.Waiting;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The state of a supply, or of an allocator: open, closed, or sealed while one thread decides between the two.
 *
 * <p>State and number of closes are one value. Otherwise a thread could read the number of a close together with the
 * state before it, and take a look-up that failed because of this close for one that fails for good.
 */
public final class Gate {
    private static final long CLOSED = -1;

    /** Even while open, odd while sealed, or {@link #CLOSED}. Each step increases it. */
    private final AtomicLong stamp = new AtomicLong();

    /**
     * A value that changes with each step. If it differs before and after a failed look-up, the look-up is repeated.
     */
    long stamp() {
        return stamp.get();
    }

    /** {@return whether it is closed; false while it is sealed} */
    public boolean isClosed() {
        return stamp.get() == CLOSED;
    }

    /** {@return whether it is not closed; waits for a pending close, so the caller must hold nothing} */
    public boolean isOpen() {
        int steps = 0;
        long now;
        while ((now = stamp.get()) != CLOSED && (now & 1) != 0) {
            Waiting.step(steps++);
        }
        return now != CLOSED;
    }

    /**
     * Seals the open gate. The caller has to decide, and stays mounted until then ({@link Waiting#stayMounted}).
     *
     * @return whether it was open
     */
    public boolean trySeal() {
        Waiting.prepare();
        long now = stamp.get();
        boolean sealed = (now & 1) == 0 && stamp.compareAndSet(now, now + 1);
        if (sealed) {
            Waiting.stayMounted();
        }
        return sealed;
    }

    /**
     * Ends a successful {@link #trySeal}.
     *
     * @param closed whether it is closed from now on
     */
    public void decide(boolean closed) {
        stamp.set(closed ? CLOSED : stamp.get() + 1);
        Waiting.mayUnmount();
    }
}
