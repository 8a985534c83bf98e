package io.slabcache.internal.util;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A mutual-exclusion lock that counts how often a thread had to wait for it.
 *
 * <p>The count is the signal by which a user sees that magazines are too small. A {@link ReentrantLock} and not
 * {@code synchronized}, because a virtual thread waiting for a monitor pins its carrier before JDK 24.
 *
 * <p>A thread that is about to run out of stack gets its {@link StackOverflowError} before it acquires the lock, not
 * while it holds it.
 */
public final class CountedLock {
    /**
     * Reserves of stack for a section, and for waking a virtual thread that waits for its end: were that interrupted in the
     * JDK's scheduler, the thread would wait for ever.
     */
    private static final int SECTION = 4;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock itself. */
    private long contended;

    /** Acquires the lock, waiting for it if another thread holds it. */
    public void lock() {
        StackReserve.claim(SECTION);
        if (!lock.tryLock()) {
            lock.lock();
            contended++;
        }
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
