package io.slabcache.internal.magazine;

/**
 * How many objects the depot keeps: as many as its users have lately needed from it. In each period of visits that doubles
 * if some were refused and others asked for in vain, and gives up half of what was not touched (Bonwick and Adams 2001 do
 * the same by the clock; counting visits needs no thread of its own, and an idle depot costs nothing).
 *
 * <p>The limit is a number of magazines of the full size. Objects are counted and not magazines, so that a depot of small
 * magazines keeps as much as one of large ones.
 *
 * <p>Guarded by the lock of the {@link Depot}.
 */
final class WorkingSet {
    private final int smallest;
    private final int largest;
    private int limit;
    private boolean refused;
    private boolean missed;

    /** The fewest objects there were at any time of this period. */
    private long untouched;

    WorkingSet(int smallest, int largest) {
        this.smallest = smallest;
        this.largest = largest;
        this.limit = smallest;
    }

    /** How many objects to keep, in magazines of a size. */
    long limit(int magazineSize) {
        return (long) limit * magazineSize;
    }

    /** Notes that some were offered while there were others; returns whether to take them. */
    boolean accepts(long objects, int magazineSize) {
        boolean accepted = objects < limit(magazineSize);
        refused |= !accepted;
        return accepted;
    }

    /** Notes that some were asked for, and how many were left after that. */
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
