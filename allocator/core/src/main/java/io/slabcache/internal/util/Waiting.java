package io.slabcache.internal.util;

import java.util.concurrent.locks.LockSupport;

/**
 * One step of a wait that ends by itself: the caller looks again after each step, and no other thread wakes it.
 *
 * <p>A wake-up would be lost on a virtual thread without a carrier. If all carriers belong to pinned virtual threads that
 * wait for the same thing, the woken thread never runs, and the others wait for it. A thread that looks again by itself
 * needs no other thread than the one that holds the lock, or that decides.
 *
 * <p>For the same reason a thread for which others wait must not unmount: see {@link #stayMounted}.
 */
public final class Waiting {
    /** A section behind a lock takes some hundred nanoseconds, and so do these. */
    private static final int SPINS = 100;

    private static final int SHORTEST_NANOS = 20_000;
    private static final int DOUBLINGS = 6;

    /** Reserves of stack for a park: were that interrupted in the JDK's scheduler, a virtual thread would never run again. */
    private static final int PARK = 4;

    /** Of a virtual thread: how many sections it is in that it must not unmount in. */
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private Waiting() {}

    /**
     * Spins in the first steps, then sleeps, longer each time up to about a millisecond.
     *
     * @param steps how many of them the caller has done in this wait
     * @return whether this one was a sleep
     */
    public static boolean step(int steps) {
        if (steps < SPINS || Thread.currentThread().isVirtual() && DEPTH.get()[0] > 0) {
            Thread.onSpinWait();
            return false;
        }
        StackReserve.claim(PARK);
        sleep((long) SHORTEST_NANOS << Math.min(steps - SPINS, DOUBLINGS));
        return true;
    }

    /** The first step in which a thread sleeps. */
    static void briefly() {
        step(SPINS);
    }

    /** An interrupt neither ends the wait, nor is lost, nor makes the following steps return at once. */
    private static void sleep(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            LockSupport.parkNanos(nanos);
        } catch (OutOfMemoryError e) {
            // A virtual thread could not unmount, for which the heap had no room.
            Thread.onSpinWait();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes what {@link #stayMounted} needs, so that it allocates nothing: to be called before a lock is acquired. */
    public static void prepare() {
        if (Thread.currentThread().isVirtual()) {
            DEPTH.get();
        }
    }

    /**
     * From now on the calling thread does not unmount in a wait, because other threads wait for it: it holds a lock or decides.
     * A virtual thread that would have to wait, for a lock whose holder is running, spins and keeps its carrier: those that
     * wait for it may have all others. Allocates nothing after {@link #prepare}.
     */
    public static void stayMounted() {
        if (Thread.currentThread().isVirtual()) {
            DEPTH.get()[0]++;
        }
    }

    /** Ends what {@link #stayMounted} began. */
    public static void mayUnmount() {
        if (Thread.currentThread().isVirtual()) {
            DEPTH.get()[0]--;
        }
    }
}
