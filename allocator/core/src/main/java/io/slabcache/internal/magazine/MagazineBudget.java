package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabGeometry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit on what all threads together may cache, so that caching cannot starve a bounded cache: the magazines of
 * threads and stripes have slots for at most a quarter of the objects. The depot does not count, because an allocation
 * takes from it before it fails.
 *
 * <p>An owner pays for the slots of its magazines when they are made, and gets that back when it gives them up. Each
 * owner may have a {@linkplain #fair fair share}, which shrinks when owners come and grows when owners go. An owner
 * with more gives up the excess at its next visit of the slow path, so that an owner with less sooner or later gets its
 * share.
 */
final class MagazineBudget {
    /** Objects per magazine by default, as in the Linux patch; fewer if the objects are large. */
    private static final int DEFAULT_CAPACITY = 256;

    private static final long DEFAULT_MAGAZINE_BYTES = 256 << 10;

    /** The factor by which a default capacity may grow. */
    private static final int GROWTH = 4;

    private static final int SHARE_OF_BOUND = 4;

    /** Smallest magazine of a fair share. If not every owner can have a pair of these, the first to ask get them. */
    private static final int SMALLEST = 3;

    private final long places;
    private final int capacity;
    private final int largest;
    private final int smallest;
    private final AtomicLong left;

    /** Owners that want a share, whether or not they have one. */
    private final AtomicInteger owners = new AtomicInteger();

    /**
     * Makes a budget with nothing taken.
     *
     * @param capacity objects per magazine at first
     * @param largest capacity that this may grow to
     * @param maxObjects bound of the cache
     */
    MagazineBudget(int capacity, int largest, long maxObjects) {
        this.places = maxObjects / SHARE_OF_BOUND;
        int possible = capacityOf(places);
        this.capacity = Math.min(capacity, possible);
        this.largest = Math.min(largest, possible);
        this.smallest = Math.min(SMALLEST, this.capacity);
        this.left = new AtomicLong(places);
    }

    /**
     * Makes the budget of a cache.
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

    /** The cost of two magazines and the spare object. */
    private static long share(int capacity) {
        return capacity == 0 ? 0 : 2L * capacity + 1;
    }

    private static int capacityOf(long places) {
        return Math.clamp((places - 1) / 2, 0, Integer.MAX_VALUE);
    }

    /** Objects per magazine at first; 0 means that every call goes to the slab list. */
    int capacity() {
        return capacity;
    }

    /** Objects per magazine after all growth. */
    int largest() {
        return largest;
    }

    /** Objects per magazine in a fair share. */
    int fair() {
        // Rounds the owners up to a power of two, so that most arrivals and departures change no sizes.
        int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(owners.get(), 1) - 1);
        return Math.clamp(capacityOf(places >>> halvings), smallest, largest);
    }

    /** Adds an owner that wants a share. */
    void enter() {
        owners.incrementAndGet();
    }

    /** Removes an owner, which has returned its share. */
    void leave() {
        owners.decrementAndGet();
    }

    /**
     * Pays for larger magazines of an owner, or returns the difference for smaller ones.
     *
     * @param before capacity of its magazines, 0 for none
     * @param after the new capacity, 0 for none
     * @return false, and nothing changed, if the budget is too small
     */
    boolean change(int before, int after) {
        long price = share(after) - share(before);
        long old;
        do {
            old = left.get();
            if (price > 0 && old < price) {
                return false;
            }
        } while (!left.compareAndSet(old, old - price));
        return true;
    }

    /** Whether {@link #change} would succeed now. */
    boolean isLeft(int before, int after) {
        return share(after) - share(before) <= left.get();
    }

    /** Takes everything, so that no owner gets anything from now on. */
    void exhaust() {
        left.set(Long.MIN_VALUE / 2);
    }
}
