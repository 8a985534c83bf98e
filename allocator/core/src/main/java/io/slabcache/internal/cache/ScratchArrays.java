package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.SlabSupply;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The arrays in which bulk calls work: each thread has one in its cache. The array is gone from there until it is given
 * back, so that a bulk call from within, by a constructor, gets another. A closed cache keeps none.
 */
final class ScratchArrays {
    private static final int SMALLEST = 64;

    /** Larger arrays are not kept: 512 KiB per thread. */
    private static final int LARGEST = 1 << 16;

    /** That of all threads that have no cache of their own. */
    private final AtomicReference<long[]> shared = new AtomicReference<>();

    private final SlabSupply supply;

    ScratchArrays(SlabSupply supply) {
        this.supply = supply;
    }

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
            // Behind the store: a close that has just wiped the cache is seen. No fence for what costs memory only.
            if (supply.isClosed()) {
                cache.scratch = null;
            }
        } else {
            shared.set(lent);
            if (supply.isClosed()) {
                drop();
            }
        }
    }

    /** Forgets the shared array, once the cache is closed. */
    void drop() {
        shared.set(null);
    }

    /** The Java heap of the shared array. */
    long heapBytes() {
        long[] array = shared.get();
        return array == null ? 0 : (long) array.length * Long.BYTES;
    }
}
