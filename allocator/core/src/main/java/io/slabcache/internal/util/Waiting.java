package io.slabcache.internal.util;

import java.util.concurrent.locks.LockSupport;

/**
 * One step of a wait by polling: the caller checks its condition after each step, and no other thread wakes it.
 *
 * <p>A wake-up would be lost on a virtual thread without a carrier. If pinned virtual threads that wait for the same
 * thing occupy all carriers, the woken thread never runs, and the others wait for it. A polling thread depends only on
 * the thread that holds the lock, or that decides.
 *
 * <p>For the same reason a thread that others wait for must not unmount: see {@link #stayMounted}.
 */
public final class Waiting {
    /** Spins take some hundred nanoseconds, as a section under a lock does. */
    private static final int SPINS = 100;

    private static final int SHORTEST_NANOS = 20_000;
    private static final int DOUBLINGS = 6;

    /** Stack reserves for a park: an overflow inside the JDK's scheduler would stop a virtual thread forever. */
    private static final int PARK = 4;

    /** The virtual thread's depth in sections in which it must not unmount. */
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private Waiting() {}

    /**
     * Spins in the first steps, then sleeps, longer each time up to about a millisecond.
     *
     * @param steps the number of steps that the caller has done in this wait
     * @return whether this step was a sleep
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

    /** Sleeps as in the first step that is a sleep. */
    static void briefly() {
        step(SPINS);
    }

    /** Sleeps. An interrupt does not end the wait, is not lost, and does not shorten later sleeps. */
    private static void sleep(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            LockSupport.parkNanos(nanos);
        } catch (OutOfMemoryError e) {
            // The heap had no room for the virtual thread to unmount.
            Thread.onSpinWait();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Makes everything that {@link #stayMounted} needs. Call it before a lock is acquired, so that nothing is allocated
     * after.
     */
    public static void prepare() {
        if (Thread.currentThread().isVirtual()) {
            DEPTH.get();
        }
    }

    /**
     * Keeps the calling thread mounted during waits, because other threads wait for it: it holds a lock or decides. If
     * it has to wait for a lock whose holder is running, a virtual thread spins and keeps its carrier; threads that
     * wait for it may have all other carriers. Allocates nothing after {@link #prepare}.
     */
    public static void stayMounted() {
        if (Thread.currentThread().isVirtual()) {
            DEPTH.get()[0]++;
        }
    }

    /** Ends {@link #stayMounted}. */
    public static void mayUnmount() {
        if (Thread.currentThread().isVirtual()) {
            DEPTH.get()[0]--;
        }
    }
}
