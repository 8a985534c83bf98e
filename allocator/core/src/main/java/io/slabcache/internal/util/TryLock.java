package io.slabcache.internal.util;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A reentrant mutual-exclusion lock that a thread can only try to acquire. No thread ever waits in it, so it needs no
 * queue: an acquisition is one compare-and-set, and a release is one release store.
 */
class TryLock {
    private static final VarHandle OWNER = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "owner", VarHandle.class, TryLock.class, long.class);

    static {
        // The first use of a VarHandle allocates heap and needs much stack.
        TryLock first = new TryLock();
        first.tryLock();
        first.unlock();
    }

    /** The number of the thread that holds the lock, or 0. Numbers of threads are positive and not reused. */
    private volatile long owner;

    /** How many times the owner has to release it before the last time. Guarded by the lock itself. */
    private int nested;

    /** Acquires the lock, unless another thread holds it. */
    boolean tryLock() {
        long self = Thread.currentThread().threadId();
        long now = owner;
        if (now == self) {
            nested++;
            return true;
        }
        return now == 0 && OWNER.compareAndSet(this, 0L, self);
    }

    /** Releases the lock. */
    void unlock() {
        if (!isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException("the calling thread does not hold the lock");
        }
        if (nested > 0) {
            nested--;
        } else {
            OWNER.setRelease(this, 0L);
        }
    }

    /** Whether the calling thread holds the lock. */
    boolean isHeldByCurrentThread() {
        return owner == Thread.currentThread().threadId();
    }
}
