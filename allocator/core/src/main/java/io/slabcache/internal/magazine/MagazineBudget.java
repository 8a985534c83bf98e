package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabGeometry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many objects the caches of all threads together may hold. A bounded cache is not starved by its own caching: the
 * threads' magazines hold at most a quarter of its objects, a thread that comes too late gets none and works on the
 * slab list, and the depot, which is drained before an allocation fails, does not count.
 */
final class MagazineBudget {
    /** Objects per magazine unless the builder says otherwise, as in the Linux patch; fewer if the objects are large. */
    private static final int DEFAULT_CAPACITY = 256;

    private static final long DEFAULT_MAGAZINE_BYTES = 256 << 10;

    /** How many times that the magazines may grow, unless the builder said how large they are. */
    private static final int GROWTH = 4;

    private static final int SHARE_OF_BOUND = 4;

    /** Magazines may grow only where so many threads would have large ones. */
    private static final int THREADS_WITH_LARGEST = 16;

    private final int capacity;
    private final int largest;
    private final AtomicLong left;

    /**
     * A budget of which nothing is taken.
     *
     * @param capacity wanted for the magazines of a new thread
     * @param largest to which they may grow
     * @param maxObjects bound of the cache
     */
    MagazineBudget(int capacity, int largest, long maxObjects) {
        long places = maxObjects / SHARE_OF_BOUND;
        this.capacity = Math.clamp((places - 1) / 2, 0, capacity);
        this.largest = places / THREADS_WITH_LARGEST >= share(largest) ? largest : this.capacity;
        this.left = new AtomicLong(places);
    }

    /**
     * The budget of a cache.
     *
     * @param capacity objects per magazine, or -1 for a default that grows with need
     */
    static MagazineBudget of(int capacity, SlabGeometry geometry) {
        if (capacity >= 0) {
            return new MagazineBudget(capacity, capacity, geometry.maxObjects());
        }
        int standard = Math.clamp(DEFAULT_MAGAZINE_BYTES / geometry.stride(), 1, DEFAULT_CAPACITY);
        return new MagazineBudget(standard, GROWTH * standard, geometry.maxObjects());
    }

    /** Two magazines and the spare object. */
    private static long share(int capacity) {
        return capacity == 0 ? 0 : 2L * capacity + 1;
    }

    /** Objects per magazine at first; 0 means that every call goes to the slab list. */
    int capacity() {
        return capacity;
    }

    /** Objects per magazine once it has grown as far as it may; a thread's share is taken for that from the start. */
    int largest() {
        return largest;
    }

    /** Returns the capacity of the caller's two magazines: {@link #capacity} or 0. */
    int take() {
        long places = share(largest);
        // A loop and no lambda, which would need heap: the caller holds a lock.
        for (long before = left.get(); before >= places; before = left.get()) {
            if (left.compareAndSet(before, before - places)) {
                return capacity;
            }
        }
        return 0;
    }

    /** Whether {@link #take} would now give more than 0. */
    boolean isLeft() {
        return capacity > 0 && left.get() >= share(largest);
    }

    /** Returns the share of a thread that got magazines. */
    void giveBack() {
        left.addAndGet(share(largest));
    }

    /** Gives nothing to anybody any more. */
    void exhaust() {
        left.set(Long.MIN_VALUE);
    }
}
