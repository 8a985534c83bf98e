package io.slabcache.internal.magazine;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Threads that register, find themselves, and collect dead threads, for Lincheck.
 *
 * <p>The only file of this check that calls the thread caches.
 */
public class ThreadCachesOperations {
    final ThreadCaches caches = new ThreadCaches(new MagazineBudget(1, 1, Long.MAX_VALUE), false);
    private final DeadThreads deadThreads = new DeadThreads();

    ThreadCache insert(Thread thread) {
        return caches.register(thread);
    }

    /** Whether the caller has a cache of its own now. */
    @Operation
    public boolean register(@Param(gen = ThreadIdGen.class) int owner) {
        return insert(Thread.currentThread()).owner() == Thread.currentThread();
    }

    /** Whether the caller finds its cache without the lock. */
    @Operation
    public boolean current(@Param(gen = ThreadIdGen.class) int owner) {
        return caches.current().owner() == Thread.currentThread();
    }

    /** Whether a thread that is dead now was registered. */
    @Operation
    public boolean leaveBehind(@Param(gen = ThreadIdGen.class) int owner) {
        Thread dead = deadThreads.next(owner);
        return insert(dead).owner() == dead;
    }

    /** How many dead threads were found. */
    @Operation
    public int retireDead() {
        int count = 0;
        for (ThreadCache dead = caches.retireDead(); dead != null; dead = dead.nextDead) {
            count++;
        }
        return count;
    }

    /** How many threads are registered. */
    @Operation
    public int registered() {
        return caches.all().size();
    }
}
