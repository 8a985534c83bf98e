package io.slabcache.internal.magazine;

/**
 * The number of objects in a magazine. It doubles, up to a bound, when larger magazines would save visits to the depot:
 * when threads often wait for its lock (Bonwick and Adams 2001), or when a thread often takes back magazines that it
 * has given, because its bursts exceed two magazines. The bound is higher for bursts: their objects are in use anyway,
 * and no other thread needs the magazines. The number never shrinks. Magazines of another size stay in use until their
 * owner visits the depot.
 *
 * <p>In a bounded cache the {@link MagazineBudget} may allow less.
 *
 * <p>Writes are guarded by the lock of the {@link Depot}; reads need no lock.
 */
final class MagazineSize {
    /** Magazines grow if one visit in this many waited, or took back what it gave. */
    private static final int TOLERATED = 8;

    private final MagazineBudget budget;
    private volatile int full;

    /** Visits by which the last thread to give a magazine took one back. */
    private int takenBack;

    private long lastGiver;

    /** Magazines that the last giver gave in a row, less those that any thread has taken since. */
    private int left;

    private long waitsBefore;

    MagazineSize(MagazineBudget budget) {
        this.budget = budget;
        this.full = budget.capacity();
    }

    /** The size that use asks for, whether or not the budget allows it. */
    int full() {
        return full;
    }

    /** The current size of a busy owner's magazines, or of the larger one. */
    int capacity() {
        return Math.min(full, budget.fair() / 2);
    }

    /** Notes that the calling thread gave a full magazine. */
    void given() {
        long self = Thread.currentThread().threadId();
        left = lastGiver == self ? left + 1 : 1;
        lastGiver = self;
    }

    /** Notes that the calling thread took a full magazine. */
    void taken() {
        if (left > 0) {
            left--;
            takenBack += lastGiver == Thread.currentThread().threadId() ? 1 : 0;
        }
    }

    /**
     * Decides at the end of a period.
     *
     * @param visits to the depot in this period
     * @param waits for the lock since the depot was made
     */
    void adapt(int visits, long waits) {
        if (takenBack * TOLERATED >= visits) {
            full = Math.min(2 * full, budget.largest());
        } else if ((waits - waitsBefore) * TOLERATED >= visits) {
            full = Math.max(full, Math.min(2 * full, budget.largestOfMany()));
        }
        waitsBefore = waits;
        takenBack = 0;
    }
}
