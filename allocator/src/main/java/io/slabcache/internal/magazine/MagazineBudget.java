package io.slabcache.internal.magazine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many objects the caches of all threads together may hold. A bounded cache is not starved by its own caching: the
 * threads' magazines hold at most a quarter of its objects, a thread that comes too late gets none and works on the
 * slab list, and the depot, which is drained before an allocation fails, does not count.
 */
final class MagazineBudget {
    private static final int SHARE_OF_BOUND = 4;

    private final int capacity;
    private final AtomicLong left;

    MagazineBudget(int capacity, long maxObjects) {
        long places = maxObjects / SHARE_OF_BOUND;
        this.capacity = Math.clamp((places - 1) / 2, 0, capacity);
        this.left = new AtomicLong(places);
    }

    /** Two magazines and the spare object. */
    private static long share(int capacity) {
        return capacity == 0 ? 0 : 2L * capacity + 1;
    }

    /** Objects per magazine; 0 means that every call goes to the slab list. */
    int capacity() {
        return capacity;
    }

    /** Returns the capacity of the caller's two magazines: {@link #capacity} or 0. */
    int take() {
        long places = share(capacity);
        long before = left.getAndUpdate(old -> old >= places ? old - places : old);
        return before >= places ? capacity : 0;
    }

    /** Whether {@link #take} would now give more than 0. */
    boolean isLeft() {
        return capacity > 0 && left.get() >= share(capacity);
    }

    void giveBack(int capacity) {
        left.addAndGet(share(capacity));
    }
}
