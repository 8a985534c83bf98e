package io.slabcache.internal.util;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A mutual-exclusion lock that counts how often a thread had to wait. Users see from the count that magazines are too
 * small.
 *
 * <p>The lock is never handed over: a release wakes no thread, and a waiting thread polls until it finds the lock free
 * ({@link Waiting}). So no thread waits for a virtual thread that has no carrier. In return, no section under a lock
 * may wait for anything slow: the holder of a lock is always mounted and soon releases it.
 *
 * <p>A thread that releases the lock and returns at once would find it free each time; a thread that polls now and then
 * would not. So a thread that has waited for some milliseconds announces it, and arriving threads sleep for an instant
 * first.
 *
 * <p>A thread that runs out of stack gets its {@link StackOverflowError} before it acquires the lock, not while it
 * holds it.
 */
public final class CountedLock {
    /** Sleeps before a thread asks others to give way: 4 ms, if it is scheduled at once. */
    private static final int PATIENCE = 8;

    /** Longer than one step of a wait. */
    private static final long GIVE_WAY_NANOS = 3_000_000;

    /** One claim of stack in 64 is a whole one. */
    private static final int WHOLE_CLAIM_MASK = 63;

    /** Claims of stack by all threads; racy, so approximate. Next to the lock, which is written right after it. */
    private int claims;

    private final TryLock lock = new TryLock();

    /** Guarded by the lock itself. */
    private long contended;

    /**
     * The {@link System#nanoTime} until which arriving threads let a long-waiting thread go first; 0 for none. Plain,
     * racy access: a lost or late value only makes a wait longer.
     */
    private long giveWayUntil;

    /** Gets the nanoseconds of each sleep. Null if nothing does. */
    private final @Nullable LongConsumer waits;

    /** Makes a lock whose waits are counted only. */
    public CountedLock() {
        this(null);
    }

    /**
     * Makes a lock whose longer waits are timed. Spins are not: their holder is about to leave, and two readings of the
     * clock would double them.
     *
     * @param waits gets the nanoseconds of each wait with a sleep, under the lock; must not throw or allocate
     */
    public CountedLock(@Nullable LongConsumer waits) {
        this.waits = waits;
    }

    private void claimStack() {
        StackReserve.claim(1, (++claims & WHOLE_CLAIM_MASK) == 0);
    }

    /** Acquires the lock and waits if another thread holds it. */
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
     * Lets a waiting thread go first, once. Depends on no other thread: the request expires even if its thread does not
     * run.
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
        // Here, and not under the lock, where others would wait for it.
        long since = System.nanoTime();
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
        if (sleeps > 0 && waits != null) {
            waits.accept(System.nanoTime() - since);
        }
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
     * Calls {@link #lock} or {@link #tryLock}.
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
     * Like {@link #lockMounted}, but only if that needs no waiting.
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
     * Returns whether the calling thread holds the lock, for assertions.
     *
     * @return whether the calling thread holds the lock
     */
    public boolean isHeld() {
        return lock.isHeldByCurrentThread();
    }

    /**
     * Returns how many acquisitions had to wait. The caller holds the lock.
     *
     * @return acquisitions that had to wait
     */
    public long contended() {
        assert isHeld();
        return contended;
    }
}
