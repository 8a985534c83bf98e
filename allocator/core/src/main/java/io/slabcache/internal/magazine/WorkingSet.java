package io.slabcache.internal.magazine;

/**
 * The number of objects that the depot keeps: what its users have lately needed. In each period of visits the number
 * doubles if the depot both refused some and lacked some; otherwise half of what was not touched is given up. Bonwick
 * and Adams (2001) do the same by the clock. Counting visits needs no thread, and an idle depot costs nothing.
 *
 * <p>The limit is a number of magazines of full size. It is applied to objects, so that a depot of small magazines
 * keeps as much as one of large ones.
 *
 * <p>Guarded by the lock of the {@link Depot}.
 */
final class WorkingSet {
    private final int smallest;
    private final int largest;
    private int limit;
    private boolean refused;
    private boolean missed;

    /** The smallest number of objects in the depot during this period. */
    private long untouched;

    WorkingSet(int smallest, int largest) {
        this.smallest = smallest;
        this.largest = largest;
        this.limit = smallest;
    }

    /** The number of objects to keep, for magazines of a size. */
    long limit(int magazineSize) {
        return (long) limit * magazineSize;
    }

    /** Notes an offer of objects while there were others; returns whether to take them. */
    boolean accepts(long objects, int magazineSize) {
        boolean accepted = objects < limit(magazineSize);
        refused |= !accepted;
        return accepted;
    }

    /** Notes a request, and how many objects were left after it. */
    void asked(boolean found, long left) {
        missed |= !found;
        untouched = Math.min(untouched, left);
    }

    /** Decides at the end of a period. */
    void adapt(long objects, int magazineSize) {
        if (refused && missed) {
            limit = Math.min(2 * limit, largest);
        } else {
            long surplus = (untouched / magazineSize + 1) / 2;
            limit = (int) Math.max(limit - surplus, smallest);
        }
        refused = false;
        missed = false;
        untouched = objects;
    }
}
