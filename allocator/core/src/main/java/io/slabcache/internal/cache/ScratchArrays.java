package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.SlabSupply;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of bulk calls. Each thread keeps one in its cache, and a bulk call takes it out until it returns. So a
 * nested bulk call, by a constructor, gets another one. A closed cache keeps none.
 */
final class ScratchArrays {
    private static final int SMALLEST = 64;

    /** Length of the largest array that is kept: 512 KiB per thread. */
    private static final int LARGEST = 1 << 16;

    /** The array of all threads that have no cache of their own. */
    private final AtomicReference<long @Nullable []> shared = new AtomicReference<>();

    private final SlabSupply supply;

    ScratchArrays(SlabSupply supply) {
        this.supply = supply;
    }

    long[] borrow(ThreadCache cache, int length) {
        long @Nullable [] lent;
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
            // After the store, to see a close that has wiped the cache. No fence: a missed close costs only memory.
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

    /** Drops the shared array, once the cache is closed. */
    void drop() {
        shared.set(null);
    }

    /** The Java heap of the shared array, in bytes. */
    long heapBytes() {
        long @Nullable [] array = shared.get();
        return array == null ? 0 : (long) array.length * Long.BYTES;
    }
}
