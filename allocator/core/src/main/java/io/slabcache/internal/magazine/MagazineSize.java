package io.slabcache.internal.magazine;

/**
 * How many objects new magazines hold. It doubles, up to a bound, when the depot is visited in a way that larger
 * magazines would avoid: when threads often wait for its lock (Bonwick and Adams 2001), or when a thread often takes back
 * what it has just given, because what it allocates and frees in one go is more than its two magazines hold. It never
 * shrinks; magazines of the old size stay in use until they are empty.
 *
 * <p>Guarded by the lock of the {@link Depot}.
 */
final class MagazineSize {
    /** Of the visits in one period, one in so many that waited or took back makes magazines grow. */
    private static final int TOLERATED = 8;

    private final int largest;
    private int capacity;

    /** Visits of the depot by which a thread took back a magazine although it was the last one to give one. */
    private int takenBack;

    private long lastGiver;
    private long waitsBefore;

    MagazineSize(int capacity, int largest) {
        this.capacity = capacity;
        this.largest = largest;
    }

    int capacity() {
        return capacity;
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
            capacity = Math.min(2 * capacity, largest);
        }
        waitsBefore = waits;
        takenBack = 0;
    }
}
