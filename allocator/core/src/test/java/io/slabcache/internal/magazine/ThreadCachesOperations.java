package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Threads that register, find their own caches, and collect dead threads, for Lincheck.
 *
 * <p>The only file of this check that calls the thread caches.
 */
public class ThreadCachesOperations {
    final ThreadCaches caches = new ThreadCaches(new MagazineBudget(1, 1, Long.MAX_VALUE), false, Slab.NONE.geometry);
    private final DeadThreads deadThreads = new DeadThreads();

    ThreadCache insert(Thread thread) {
        return caches.register(thread);
    }

    /** Returns whether the caller now has a cache of its own. */
    @Operation
    public boolean register(@Param(gen = ThreadIdGen.class) int owner) {
        return insert(Thread.currentThread()).owner() == Thread.currentThread();
    }

    /** Returns whether the caller finds its cache without the lock. */
    @Operation
    public boolean current(@Param(gen = ThreadIdGen.class) int owner) {
        return caches.current().owner() == Thread.currentThread();
    }

    /** Returns whether a thread that is dead now was registered. */
    @Operation
    public boolean leaveBehind(@Param(gen = ThreadIdGen.class) int owner) {
        Thread dead = deadThreads.next(owner);
        return insert(dead).owner() == dead;
    }

    /** Returns the number of dead threads that were found. */
    @Operation
    public int retireDead() {
        int count = 0;
        for (ThreadCache dead = caches.retireDead(new Transfers()); dead != null; dead = dead.nextDead) {
            count++;
        }
        return count;
    }

    /** Returns the number of registered threads. */
    @Operation
    public int registered() {
        return caches.all().size();
    }
}
