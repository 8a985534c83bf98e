package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabGeometry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many objects the caches of all threads together may hold. A bounded cache is not starved by its own caching: the
 * magazines of threads and stripes have places for at most a quarter of its objects. The depot, out of which an allocation
 * takes before it fails, does not count.
 *
 * <p>An owner of magazines pays for the places in them, when they are made, and gets that back when they are given up.
 * Each owner may have a {@linkplain #fair fair share}, which shrinks when owners come and grows when owners go. An owner
 * that has more gives it up at its next visit of the slow path; one that has less finds, sooner or later, that so much is
 * left.
 */
final class MagazineBudget {
    /** Objects per magazine unless the builder says otherwise, as in the Linux patch; fewer if the objects are large. */
    private static final int DEFAULT_CAPACITY = 256;

    private static final long DEFAULT_MAGAZINE_BYTES = 256 << 10;

    /** How many times as large the magazines may become, unless the builder said how large they are. */
    private static final int GROWTH = 4;

    private static final int SHARE_OF_BOUND = 4;

    /** The fair share of an owner is at least a pair of such magazines, first come, first served. */
    private static final int SMALLEST = 3;

    private final long places;
    private final int capacity;
    private final int largest;
    private final int smallest;
    private final AtomicLong left;

    /** Owners that want a share, whether or not they got one. */
    private final AtomicInteger owners = new AtomicInteger();

    /**
     * A budget of which nothing is taken.
     *
     * @param capacity objects per magazine, until experience asks for more
     * @param largest to which that may grow
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

    private static int capacityOf(long places) {
        return Math.clamp((places - 1) / 2, 0, Integer.MAX_VALUE);
    }

    /** Objects per magazine, until experience asks for more; 0 means that every call goes to the slab list. */
    int capacity() {
        return capacity;
    }

    /** Objects per magazine once that has grown as far as it may. */
    int largest() {
        return largest;
    }

    /** Objects in each magazine of an owner that has its fair share. */
    int fair() {
        // Of owners as many as the next power of two, so that not every one that comes or goes changes all sizes.
        int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(owners.get(), 1) - 1);
        return Math.clamp(capacityOf(places >>> halvings), smallest, largest);
    }

    /** Counts an owner that wants a share from now on. */
    void enter() {
        owners.incrementAndGet();
    }

    /** Counts an owner no more, which has given its share back. */
    void leave() {
        owners.decrementAndGet();
    }

    /**
     * Pays for larger magazines of an owner, or takes back the difference for smaller ones.
     *
     * @param before capacity of its magazines, 0 for none
     * @param after capacity from now on, 0 for none
     * @return false, and nothing changed, if so much is not left
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

    /** Whether {@link #change} would now succeed. */
    boolean isLeft(int before, int after) {
        return share(after) - share(before) <= left.get();
    }

    /** Gives nothing to anybody any more. */
    void exhaust() {
        left.set(Long.MIN_VALUE / 2);
    }
}
