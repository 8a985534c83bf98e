package io.slabcache.internal.magazine;

/**
 * The number of objects in a magazine. It doubles, up to a bound, when larger magazines would save visits to the depot:
 * when threads often wait for its lock (Bonwick and Adams 2001), or when a thread often takes back the magazine that it
 * has just given, because its bursts exceed two magazines. It never shrinks. Magazines of another size stay in use
 * until their owner visits the depot.
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
     * @param visits to the depot in this period
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
