package io.slabcache.internal.keeper;

import io.slabcache.internal.util.StackReserve;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The daemon thread that works for all caches without a keeper of the user's. It starts when a cache needs it and ends a
 * second after no cache did.
 *
 * <p>A thread that wakes it stores {@code woken} and then reads {@code thread}; the thread, when it ends, clears {@code
 * thread} and then reads {@code woken}. So at least one of them sees the other, and no call is lost.
 */
public class KeeperThread implements KeeperQueue.Worker {
    private static final String NAME = "slabcache-keeper";
    private static final long LOOK_NANOS = 50_000_000;
    private static final KeeperThread SHARED = new KeeperThread(1_000_000_000);

    private final KeeperQueue queue = new KeeperQueue(this);
    private final long lingerNanos;

    /** Set by any thread, cleared by the keeper's before each look at the caches. */
    private volatile boolean woken;

    /** Null while none runs. Written under this object's monitor. */
    volatile @Nullable Thread thread;

    /** Makes a keeper whose thread ends so long after the last need. */
    KeeperThread(long lingerNanos) {
        this.lingerNanos = lingerNanos;
    }

    /** {@return the queue of the shared thread} */
    public static KeeperQueue queue() {
        return SHARED.queue;
    }

    KeeperQueue ownQueue() {
        return queue;
    }

    @Override
    public void wake() {
        nudge();
        if (thread == null) {
            start();
        }
    }

    @Override
    public void nudge() {
        if (!woken) {
            woken = true;
            Thread running = thread;
            if (running != null) {
                LockSupport.unpark(running);
            }
        }
    }

    /** The error of a failed start reaches the caller; the next call tries again. */
    private synchronized void start() {
        StackReserve.claimForFirstUse();
        if (thread == null) {
            Thread started = Thread.ofPlatform()
                    .name(NAME)
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .unstarted(this::run);
            // The thread would keep the class loader of the program that happened to start it.
            started.setContextClassLoader(null);
            started.start();
            thread = started;
        }
    }

    private void run() {
        try {
            work();
        } finally {
            // Unless it ended in order, another thread starts the next one.
            dies();
        }
    }

    private synchronized void dies() {
        if (thread == Thread.currentThread()) {
            thread = null;
        }
    }

    private void work() {
        long neededAt = System.nanoTime();
        while (true) {
            woken = false;
            boolean isBusy = false;
            Kept.Need need = Kept.Need.LOOKS;
            try {
                isBusy = queue.doWork() > 0;
                need = queue.need();
            } catch (Throwable e) {
                // The heap had no room for a walk over the caches, or a cache broke its promise: looks again after a
                // pause.
            }
            long now = System.nanoTime();
            if (isBusy || need != Kept.Need.NONE) {
                neededAt = now;
            } else if (now - neededAt > lingerNanos && ends()) {
                return;
            }
            if (!isBusy && !woken) {
                // A source may have interrupted its thread, which would not park then.
                Thread.interrupted();
                LockSupport.parkNanos(this, need == Kept.Need.PRESENCE ? lingerNanos : LOOK_NANOS);
            }
        }
    }

    /** Ends the thread, unless another one has woken it. */
    synchronized boolean ends() {
        thread = null;
        if (woken) {
            thread = Thread.currentThread();
        }
        return thread == null;
    }
}
