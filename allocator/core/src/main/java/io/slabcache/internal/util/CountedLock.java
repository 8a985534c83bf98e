package io.slabcache.internal.util;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A mutual-exclusion lock that counts how often a thread had to wait for it.
 *
 * <p>The count is the signal by which a user sees that magazines are too small.
 *
 * <p>The lock is never handed over: a thread that waits looks again until it finds the lock free ({@link Waiting}), and a
 * release wakes no thread. So no thread waits for a virtual thread that has no carrier. In return, no section behind a lock
 * may wait for anything that takes long: what holds a lock is always mounted, and soon releases it.
 *
 * <p>A thread that releases the lock and comes back at once would find it free each time, and a thread that looks now and
 * then would not. So a thread that has waited for some milliseconds says so, and those that come sleep for an instant before
 * they look.
 *
 * <p>A thread that is about to run out of stack gets its {@link StackOverflowError} before it acquires the lock, not
 * while it holds it.
 */
public final class CountedLock {
    /** Reserves of stack for a section and its end. */
    private static final int SECTION = 2;

    /** How often a thread sleeps before others give way: 4 ms, if it is scheduled at once. */
    private static final int PATIENCE = 8;

    /** Longer than one step of a wait. */
    private static final long GIVE_WAY_NANOS = 3_000_000;

    /** One in so many claims of stack is a whole one. */
    private static final int WHOLE_CLAIM_MASK = 63;

    /** Claims of stack, by all threads, racing: an approximate number. Next to the lock, which is written at once after it. */
    private int claims;

    /** Only ever tried, so its queue is always empty. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock itself. */
    private long contended;

    /**
     * Until when, by {@link System#nanoTime}, a thread that comes lets another one go first, which has waited long; 0 for
     * none. Read and written in plain mode, racing: a value that is lost or late makes a wait longer.
     */
    private long giveWayUntil;

    private void claimStack() {
        StackReserve.claim(SECTION, (++claims & WHOLE_CLAIM_MASK) == 0);
    }

    /** Acquires the lock, waiting for it if another thread holds it. */
    public void lock() {
        claimStack();
        if (giveWayUntil != 0) {
            giveWay();
        }
        if (!lock.tryLock()) {
            waitAndLock();
        }
    }

    /**
     * Comes a little later, once. It depends on no other thread: what is asked for lapses by itself if the thread that asked
     * does not run.
     */
    private void giveWay() {
        long until = giveWayUntil;
        if (until != 0 && System.nanoTime() - until >= 0) {
            giveWayUntil = 0;
        } else if (!lock.isHeldByCurrentThread()) {
            Waiting.briefly();
        }
    }

    private void waitAndLock() {
        int steps = 0;
        int sleeps = 0;
        do {
            if (sleeps >= PATIENCE) {
                // Never 0.
                giveWayUntil = System.nanoTime() + GIVE_WAY_NANOS | 1;
            }
            sleeps += Waiting.step(steps++) ? 1 : 0;
        } while (!lock.tryLock());
        if (sleeps > PATIENCE) {
            giveWayUntil = 0;
        }
        contended++;
    }

    /**
     * Acquires the lock only if that needs no waiting.
     *
     * @return whether the caller now holds the lock
     */
    public boolean tryLock() {
        claimStack();
        return lock.tryLock();
    }

    /**
     * {@link #lock} or {@link #tryLock}.
     *
     * @param mayWait which of the two
     * @return whether the caller now holds the lock
     */
    public boolean acquire(boolean mayWait) {
        if (!mayWait) {
            return tryLock();
        }
        lock();
        return true;
    }

    /** Releases the lock. */
    public void unlock() {
        lock.unlock();
    }

    /** Acquires the lock for a section that acquires others: {@link Waiting#stayMounted}. */
    public void lockMounted() {
        Waiting.prepare();
        lock();
        Waiting.stayMounted();
    }

    /**
     * {@link #lockMounted}, but only if that needs no waiting.
     *
     * @return whether the caller now holds the lock
     */
    public boolean tryLockMounted() {
        Waiting.prepare();
        boolean locked = tryLock();
        if (locked) {
            Waiting.stayMounted();
        }
        return locked;
    }

    /** Releases the lock that {@link #lockMounted} acquired. */
    public void unlockMounted() {
        Waiting.mayUnmount();
        lock.unlock();
    }

    /**
     * For assertions at the head of methods that need the lock.
     *
     * @return whether the calling thread holds the lock
     */
    public boolean isHeld() {
        return lock.isHeldByCurrentThread();
    }

    /**
     * How many acquisitions had to wait; the caller holds the lock.
     *
     * @return acquisitions that had to wait
     */
    public long contended() {
        assert isHeld();
        return contended;
    }
}
