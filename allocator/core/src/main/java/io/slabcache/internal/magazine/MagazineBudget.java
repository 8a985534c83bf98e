package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabGeometry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit on what all threads together may cache, so that caching cannot starve a bounded cache: the magazines of
 * threads and stripes have slots for at most a quarter of the objects. The depot does not count, because an allocation
 * takes from it before it fails.
 *
 * <p>The unit is a place: room for one cached object, in a magazine or as the spare object. An owner pays for the places
 * of its magazines when they are made, and gets them back when it gives the magazines up. Each owner may have a
 * {@linkplain #fair fair share}, which shrinks when owners come and grows when owners go. An owner with more gives up
 * the excess at its next visit of the slow path, so that an owner with less sooner or later gets its share.
 */
final class MagazineBudget {
    /** Objects per magazine by default, as in the Linux patch; fewer if the objects are large. */
    private static final int DEFAULT_CAPACITY = 256;

    private static final long DEFAULT_MAGAZINE_BYTES = 256 << 10;

    /** The factor by which the capacity may grow because threads wait for the depot. */
    private static final int GROWTH = 4;

    // A default capacity may grow to these because of a thread's bursts.
    private static final int LARGEST_CAPACITY = 4096;
    private static final long LARGEST_MAGAZINE_BYTES = 1 << 20;

    private static final int SHARE_OF_BOUND = 4;

    /** Smallest magazine of a fair share. If not every owner can have a pair of these, the first to ask get them. */
    private static final int SMALLEST = 3;

    /** In shares above this, both magazines have one size, because the depot exchanges such magazines whole. */
    private static final int LARGEST_UNEVEN = 64;

    private final long places;
    private final int capacity;
    private final int largest;
    private final int largestShare;
    private final int smallestShare;
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
        this.largestShare = share(this.largest);
        this.smallestShare = share(Math.min(SMALLEST, this.capacity));
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
        // Without the line of colour, so that magazines hold a power of two of objects whose size is one.
        long packed = SlabGeometry.stride(geometry.objectSize(), geometry.alignment());
        int standard = Math.clamp(DEFAULT_MAGAZINE_BYTES / packed, 1, DEFAULT_CAPACITY);
        int largest = Math.clamp(LARGEST_MAGAZINE_BYTES / packed, GROWTH * standard, LARGEST_CAPACITY);
        return new MagazineBudget(standard, largest, geometry.maxObjects());
    }

    /** The places of two magazines of a size and of the spare object. */
    static int share(int capacity) {
        return capacity == 0 ? 0 : 2 * capacity + 1;
    }

    private static int capacityOf(long places) {
        return Math.clamp((places - 1) / 2, 0, Integer.MAX_VALUE / 4);
    }

    /** Objects per magazine at first; 0 means that every call goes to the slab list. */
    int capacity() {
        return capacity;
    }

    /** Objects per magazine after all growth. */
    int largest() {
        return largest;
    }

    /** Objects per magazine after all growth because of several threads. */
    int largestOfMany() {
        return Math.min(GROWTH * capacity, largest);
    }

    /** Places in a fair share. If their number is even, one of the two magazines has one place less than the other. */
    int fair() {
        // Rounds the owners up to a power of two, so that most arrivals and departures change no sizes.
        int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(owners.get(), 1) - 1);
        int share = Math.clamp(places >>> halvings, smallestShare, largestShare);
        return share > LARGEST_UNEVEN ? share - 1 | 1 : share;
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
     * Pays for a larger share of an owner, or returns the difference to a smaller one.
     *
     * @param before places of its share
     * @param after places of its new share
     * @return false, and nothing changed, if the budget is too small
     */
    boolean change(int before, int after) {
        long price = (long) after - before;
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
        return (long) after - before <= left.get();
    }

    /** Takes everything, so that no owner gets anything from now on. */
    void exhaust() {
        left.set(Long.MIN_VALUE / 2);
    }
}
