package io.slabcache.internal.magazine;

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

    /** How many stripes a machine with so many processors needs. */
    static int countFor(int processors) {
        return Integer.highestOneBit(processors * PER_PROCESSOR * 2 - 1);
    }

    /**
     * Stripes without magazines.
     *
     * @param count 0, or a power of two, so that the choice needs no division
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
