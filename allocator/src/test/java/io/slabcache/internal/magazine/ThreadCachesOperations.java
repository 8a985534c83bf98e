package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Threads that register, find themselves, and collect dead threads, for Lincheck. A dead thread is one that was never
 * started, and its place in the smallest table is that of the thread that registers it.
 *
 * <p>The only file of this check that calls the thread caches.
 */
public class ThreadCachesOperations {
    private static final int SMALLEST_TABLE = 16;
    private static final int DEAD_PER_OWNER = 4;
    /** By their place in the smallest table. */
    private static final Thread[][] DEAD = unstarted();

    final ThreadCaches caches = new ThreadCaches(new MagazineBudget(1, 1, Long.MAX_VALUE), false);
    private final int[] deadUsed = new int[Lincheck.OWNERS];

    private static Thread[][] unstarted() {
        Thread[][] threads = new Thread[SMALLEST_TABLE][Lincheck.OWNERS * DEAD_PER_OWNER];
        int[] counts = new int[SMALLEST_TABLE];
        for (int missing = SMALLEST_TABLE * threads[0].length; missing > 0; ) {
            Thread thread = Thread.ofPlatform().unstarted(() -> {});
            int place = place(thread);
            if (counts[place] < threads[place].length) {
                threads[place][counts[place]++] = thread;
                missing--;
            }
        }
        return threads;
    }

    private static int place(Thread thread) {
        return (int) thread.threadId() % SMALLEST_TABLE;
    }

    private Thread nextDead(int owner) {
        return DEAD[place(Thread.currentThread())][owner * DEAD_PER_OWNER + deadUsed[owner]++];
    }

    ThreadCache insert(Thread thread) {
        return caches.register(thread);
    }

    /** Whether the caller has a cache of its own now. */
    @Operation
    public boolean register(@Param(gen = ThreadIdGen.class) int owner) {
        return insert(Thread.currentThread()).owner == Thread.currentThread();
    }

    /** Whether the caller finds its cache without the lock. */
    @Operation
    public boolean current(@Param(gen = ThreadIdGen.class) int owner) {
        return caches.current().owner == Thread.currentThread();
    }

    /** Whether a thread that is dead now was registered. */
    @Operation
    public boolean leaveBehind(@Param(gen = ThreadIdGen.class) int owner) {
        Thread dead = nextDead(owner);
        return insert(dead).owner == dead;
    }

    /** How many dead threads were found. */
    @Operation
    public int retireDead() {
        return caches.retireDead().size();
    }

    /** How many threads are registered. */
    @Operation
    public int registered() {
        return caches.all().size();
    }
}
