package io.slabcache.internal.magazine;

/**
 * How many full magazines the depot keeps: as many as its users have lately needed from it. In each period of visits it
 * doubles if some were refused and others asked for in vain, and gives up half of those that nobody touched (Bonwick and
 * Adams 2001 do the same by the clock; counting visits needs no thread of its own, and an idle depot costs nothing).
 *
 * <p>Guarded by the lock of the {@link Depot}.
 */
final class WorkingSet {
    private final int smallest;
    private final int largest;
    private int limit;
    private boolean refused;
    private boolean missed;

    /** The fewest magazines there were at any time of this period. */
    private int untouched;

    WorkingSet(int smallest, int largest) {
        this.smallest = smallest;
        this.largest = largest;
        this.limit = smallest;
    }

    int limit() {
        return limit;
    }

    /** Notes that one was offered while there were {@code full}; returns whether to take it. */
    boolean accepts(int full) {
        boolean accepted = full < limit;
        refused |= !accepted;
        return accepted;
    }

    /** Notes that one was asked for, and how many were left after that. */
    void asked(boolean found, int left) {
        missed |= !found;
        untouched = Math.min(untouched, left);
    }

    /** Decides at the end of a period. */
    void adapt(int full) {
        if (refused && missed) {
            limit = Math.min(2 * limit, largest);
        } else {
            limit = Math.max(limit - (untouched + 1) / 2, smallest);
        }
        refused = false;
        missed = false;
        untouched = full;
    }
}
