package io.slabcache.internal.slab;

import io.slabcache.internal.util.Waiting;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a supply is open, is closed, or is sealed while one thread decides between the two.
 *
 * <p>State and number of closes are one value, so that no thread can read the number of a close together with the state
 * before it: such a thread would take a look-up that fails because of this close for one that fails for good.
 */
final class Gate {
    private static final long CLOSED = -1;

    /** Even while open, odd while sealed; larger with each step; or {@link #CLOSED}. */
    private final AtomicLong stamp = new AtomicLong();

    /** A value that changes with each step. A look-up that failed is made again if this is not the same before and after. */
    long stamp() {
        return stamp.get();
    }

    boolean isClosed() {
        return stamp.get() == CLOSED;
    }

    /** Whether it is not closed. Waits, holding nothing, for the end of a close that is being decided. */
    boolean isOpen() {
        int steps = 0;
        long now;
        while ((now = stamp.get()) != CLOSED && (now & 1) != 0) {
            Waiting.step(steps++);
        }
        return now != CLOSED;
    }

    /** Seals the open gate: the caller has to decide, and does not unmount until it has ({@link Waiting#stayMounted}). */
    boolean trySeal() {
        Waiting.prepare();
        long now = stamp.get();
        boolean sealed = (now & 1) == 0 && stamp.compareAndSet(now, now + 1);
        if (sealed) {
            Waiting.stayMounted();
        }
        return sealed;
    }

    /** Ends what {@link #trySeal} began. */
    void decide(boolean closed) {
        stamp.set(closed ? CLOSED : stamp.get() + 1);
        Waiting.mayUnmount();
    }
}
