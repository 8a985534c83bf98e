package io.slabcache.internal.magazine;

import java.util.List;

/**
 * The caches of virtual threads: a few stripes, each used by one thread at a time for the length of one call. There may
 * be millions of virtual threads, so none has a cache of its own.
 *
 * <p>A stripe is taken by compare-and-set and never waited for. While a thread holds it, nothing blocks or runs user
 * code, so a virtual thread is never unmounted with a stripe.
 */
final class Stripes {
    /** There are as many carrier threads as processors; twice as many stripes make collisions rare. */
    private static final int PER_PROCESSOR = 2;

    private final ThreadCache[] stripes;
    private final List<ThreadCache> all;

    /** The number of stripes for a machine with this many processors. */
    static int countFor(int processors) {
        return Integer.highestOneBit(processors * PER_PROCESSOR * 2 - 1);
    }

    /**
     * Makes stripes without magazines.
     *
     * @param count 0, or a power of two, so that the choice of one needs no division
     */
    Stripes(int count) {
        this.stripes = new ThreadCache[count];
        for (int i = 0; i < count; i++) {
            stripes[i] = new ThreadCache(null, 0);
        }
        this.all = List.of(stripes);
    }

    /** Takes a stripe, or returns null if all are in use. */
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
