package io.slabcache.internal.magazine;

import java.util.Arrays;
import java.util.List;

/**
 * The caches of virtual threads: a few stripes, each used by one thread at a time for the length of one call. There may
 * be millions of virtual threads, so none has a cache of its own.
 *
 * <p>A stripe is taken by compare-and-set and never waited for. Between taking and returning it nothing blocks or runs
 * a user's code, so a virtual thread is never unmounted while it holds one.
 */
final class Stripes {
    /** Carrier threads are as many as processors; the spare half makes collisions rare. */
    private static final int PER_PROCESSOR = 2;

    private final ThreadCache[] stripes;
    private final List<ThreadCache> all;

    Stripes(MagazineBudget budget) {
        int wanted = Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * PER_PROCESSOR * 2 - 1);
        int taken = 0;
        int used = 0;
        try {
            ThreadCache[] made = new ThreadCache[wanted];
            for (int capacity; taken < wanted && (capacity = budget.take()) > 0; ) {
                made[taken++] = new ThreadCache(null, capacity);
            }
            // A power of two, so that the choice needs no division.
            this.stripes = Arrays.copyOf(made, Integer.highestOneBit(taken));
            this.all = List.of(stripes);
            used = stripes.length;
        } finally {
            // All, if the heap had no room for the stripes.
            for (int i = used; i < taken; i++) {
                budget.giveBack();
            }
        }
    }

    /** Takes a stripe, or returns null if all are in use or the budget allowed none. */
    ThreadCache tryHold() {
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < stripes.length; i++) {
            ThreadCache stripe = stripes[(first + i) & (stripes.length - 1)];
            if (stripe.tryHold()) {
                return stripe;
            }
        }
        return null;
    }

    List<ThreadCache> all() {
        return all;
    }
}
