package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;

/**
 * Dead threads for operations of Lincheck: they were never started. Each has the same slot in the smallest table of
 * thread caches as the thread that asks for it, so that runs are repeatable.
 */
final class DeadThreads {
    private static final int SMALLEST_TABLE = 16;
    private static final int PER_OWNER = 4;

    /** Indexed by their slots in the smallest table. */
    private static final Thread[][] ALL = unstarted();

    private final int[] used = new int[Lincheck.OWNERS];

    private static Thread[][] unstarted() {
        Thread[][] threads = new Thread[SMALLEST_TABLE][Lincheck.OWNERS * PER_OWNER];
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

    /** Returns a different dead thread at each call of one owner. */
    Thread next(int owner) {
        return ALL[place(Thread.currentThread())][owner * PER_OWNER + used[owner]++];
    }
}
