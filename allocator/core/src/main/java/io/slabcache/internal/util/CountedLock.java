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
 * <p>A thread that is about to run out of stack gets its {@link StackOverflowError} before it acquires the lock, not
 * while it holds it.
 */
public final class CountedLock {
    /** Reserves of stack for a section and its end. */
    private static final int SECTION = 2;

    /** Only ever tried, so its queue is always empty. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock itself. */
    private long contended;

    /** Acquires the lock, waiting for it if another thread holds it. */
    public void lock() {
        StackReserve.claim(SECTION);
        if (!lock.tryLock()) {
            waitAndLock();
        }
    }

    private void waitAndLock() {
        int steps = 0;
        do {
            Waiting.step(steps++);
        } while (!lock.tryLock());
        contended++;
    }

    /**
     * Acquires the lock only if that needs no waiting.
     *
     * @return whether the caller now holds the lock
     */
    public boolean tryLock() {
        StackReserve.claim(SECTION);
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
