package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The arrays in which bulk calls work: each thread has one in its cache. The array is gone from there until it is given
 * back, so that a bulk call from within, by a constructor, gets another.
 */
final class ScratchArrays {
    private static final int SMALLEST = 64;

    /** Larger arrays are not kept: 512 KiB per thread. */
    private static final int LARGEST = 1 << 16;

    /** That of all threads that have no cache of their own. */
    private final AtomicReference<long[]> shared = new AtomicReference<>();

    long[] borrow(ThreadCache cache, int length) {
        long[] lent;
        if (cache.hasOwner()) {
            lent = cache.scratch;
            cache.scratch = null;
        } else {
            lent = shared.getAndSet(null);
        }
        return lent != null && lent.length >= length ? lent : new long[Math.max(length, SMALLEST)];
    }

    void giveBack(ThreadCache cache, long[] lent) {
        if (lent.length > LARGEST) {
            return;
        }
        if (cache.hasOwner()) {
            cache.scratch = lent;
        } else {
            shared.set(lent);
        }
    }
}
