package io.slabcache.internal.cache;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Eventually;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Stops a shrink in the middle: the caches of dead threads are removed, and their objects have not reached the slabs. It
 * waits for a lock that this holds, and that no count needs.
 */
public final class HeldTransfer implements AutoCloseable {
    private static final Set<Thread.State> WAITING_OR_OVER =
            EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    private final CountedLock lock;
    private final Running<Object> shrinking;
    private boolean isOver;

    /** Holds the lock for the calling thread, and lets another one shrink the cache of a dead thread. */
    public HeldTransfer(CacheParts parts) throws Exception {
        Object revocation = Fields.get(Fields.get(parts.core.magazines, "store"), "revocation");
        lock = (CountedLock) Fields.get(revocation, "lock");
        lock.lock();
        shrinking = Threads.start(() -> parts.upkeep.shrink());
        Eventually.holds(() -> parts.core.magazines.transfers().settled() == -1, "the transfer");
    }

    /** Runs a call on another thread, lets the transfer go on as soon as the call waits or ends, and returns its result. */
    public <T> T letGoDuring(Callable<T> call) throws Exception {
        Running<T> running = Threads.start(call);
        Eventually.holds(() -> WAITING_OR_OVER.contains(running.thread().getState()), "a wait or the end");
        letGo();
        return running.result();
    }

    /** Lets the transfer go on to its end. */
    public void letGo() throws Exception {
        if (!isOver) {
            isOver = true;
            lock.unlock();
            shrinking.result();
        }
    }

    /** Lets it go, too, after a test has failed. */
    @Override
    public void close() {
        try {
            letGo();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
