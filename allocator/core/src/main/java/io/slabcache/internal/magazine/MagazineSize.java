package io.slabcache.internal.magazine;

/**
 * How many objects magazines may hold. The size doubles, up to a bound, when the depot is visited in a way that larger
 * magazines would avoid: when threads often wait for its lock (Bonwick and Adams 2001), or when a thread often takes back
 * what it has just given, because what it allocates and frees in one go is more than its two magazines hold. It never
 * shrinks; magazines of another size stay in use until their owner visits the depot.
 *
 * <p>Where the cache is bounded, the {@link MagazineBudget} may allow less.
 *
 * <p>Guarded by the lock of the {@link Depot}, but read by anyone.
 */
final class MagazineSize {
    /** Of the visits in one period, one in so many that waited or took back makes magazines grow. */
    private static final int TOLERATED = 8;

    private final MagazineBudget budget;
    private volatile int full;

    /** Visits of the depot by which a thread took back a magazine although it was the last one to give one. */
    private int takenBack;

    private long lastGiver;
    private long waitsBefore;

    MagazineSize(MagazineBudget budget) {
        this.budget = budget;
        this.full = budget.capacity();
    }

    /** The size that use asks for, whether or not the budget allows it. */
    int full() {
        return full;
    }

    /** The size that the magazines of a busy owner have now. */
    int capacity() {
        return Math.min(full, budget.fair());
    }

    /** Notes that the calling thread gave a full magazine. */
    void given() {
        lastGiver = Thread.currentThread().threadId();
    }

    /** Notes that the calling thread took a full magazine. */
    void taken() {
        if (lastGiver == Thread.currentThread().threadId()) {
            lastGiver = 0;
            takenBack++;
        }
    }

    /**
     * Decides at the end of a period.
     *
     * @param visits of the depot in this period
     * @param waits for the lock since the depot was made
     */
    void adapt(int visits, long waits) {
        if (Math.max(waits - waitsBefore, takenBack) * TOLERATED >= visits) {
            full = Math.min(2 * full, budget.largest());
        }
        waitsBefore = waits;
        takenBack = 0;
    }
}
