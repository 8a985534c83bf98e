package io.slabcache.internal.keeper;

import io.slabcache.internal.util.StackReserve;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The caches of one keeper. Does not keep them reachable.
 *
 * <p>Threads: any thread adds, removes and wakes. One thread at a time works; a second one returns at once.
 */
public final class KeeperQueue {
    /** The way to the thread that works. */
    interface Worker {
        /** Makes the thread look soon; starts it if necessary. The caller holds nothing. */
        void wake();

        /** Makes the thread look soon if it runs. Allocates nothing, throws nothing and waits for nothing. */
        void nudge();
    }

    private final Set<Membership> members = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Kept> collected = new ReferenceQueue<>();
    private final AtomicBoolean working = new AtomicBoolean();
    private final Worker worker;

    /** Makes an empty queue for threads that call {@link #doWork} by themselves. */
    public KeeperQueue() {
        this(new Worker() {
            @Override
            public void wake() {}

            @Override
            public void nudge() {}
        });
    }

    KeeperQueue(Worker worker) {
        this.worker = worker;
    }

    /** The place of one cache in a queue. */
    private static final class Membership extends WeakReference<Kept> {
        Membership(Kept kept, ReferenceQueue<Kept> collected) {
            super(kept, collected);
        }
    }

    /**
     * Adds a cache.
     *
     * @param kept that a cache keeps reachable
     */
    public void add(Kept kept) {
        forgetCollected();
        members.add(new Membership(kept, collected));
    }

    /**
     * Removes a cache, if it is there.
     *
     * @param kept of a closed cache
     */
    public void remove(Kept kept) {
        members.removeIf(member -> member.refersTo(kept));
    }

    private void forgetCollected() {
        Reference<? extends Kept> member;
        while ((member = collected.poll()) != null) {
            members.remove(member);
        }
    }

    /** Makes the keeper look at its caches soon. The caller holds nothing. */
    public void wake() {
        worker.wake();
    }

    /** Makes the keeper look at its caches soon if its thread runs. Allocates nothing, throws nothing, does not wait. */
    public void nudge() {
        worker.nudge();
    }

    /**
     * Does one step of work for each cache that needs any.
     *
     * @return the number of steps; 0 if there was nothing to do, or another thread is doing it
     */
    public int doWork() {
        // A report of a failure links code, which must not happen for the first time at the end of the stack.
        StackReserve.claimForFirstUse();
        if (!working.compareAndSet(false, true)) {
            return 0;
        }
        try {
            return doAllWork();
        } finally {
            working.set(false);
        }
    }

    private int doAllWork() {
        forgetCollected();
        int steps = 0;
        for (Membership member : members) {
            Kept kept = member.get();
            if (kept != null && kept.work(System.nanoTime())) {
                steps++;
            }
        }
        return steps;
    }

    /** {@return the greatest need of all caches} */
    Kept.Need need() {
        Kept.Need need = Kept.Need.NONE;
        for (Membership member : members) {
            Kept kept = member.get();
            if (kept != null && kept.need().compareTo(need) > 0) {
                need = kept.need();
            }
        }
        return need;
    }
}
