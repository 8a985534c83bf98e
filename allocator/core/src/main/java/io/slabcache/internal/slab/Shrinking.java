package io.slabcache.internal.slab;

import java.util.List;

/**
 * Gives the memory of empty slabs back, except the one slab of a whole geometry. Several threads may do this at once.
 */
public final class Shrinking {
    /** The number of slabs removed under one acquisition of the list's lock. */
    private static final int BATCH = 64;

    private final SlabGeometry geometry;
    private final SlabList list;
    private final RegionReturns returns;
    private final SlabDepartures departures;

    Shrinking(SlabGeometry geometry, SlabList list, RegionReturns returns, SlabDepartures departures) {
        this.geometry = geometry;
        this.list = list;
        this.returns = returns;
        this.departures = departures;
    }

    /**
     * Returns the memory of all empty slabs, one region after the other. Another thread waits for at most one region.
     *
     * @return how many bytes this call returned
     */
    long all() {
        if (geometry.isWhole) {
            return 0;
        }
        Returned returned = new Returned();
        returns.retry();
        try {
            // Goes through all slabs once, because other threads may empty slabs as fast as these go.
            int left = list.counts().slabs();
            for (boolean more = true; more; left -= BATCH) {
                List<Slab> batch = list.removeEmpty(BATCH, Long.MAX_VALUE);
                departures.release(batch, returned);
                more = batch.size() == BATCH && left > BATCH;
            }
        } finally {
            departures.report();
        }
        returned.rethrow();
        return returned.bytes();
    }

    /** As {@link SlabSupply#shrinkOne}. Tries regions that were held, such as leased ones, when no slab is empty. */
    long one() {
        Returned returned = new Returned();
        try {
            List<Slab> empty = geometry.isWhole ? List.of() : list.removeEmpty(1, Long.MAX_VALUE);
            if (empty.isEmpty()) {
                returns.retry();
            }
            departures.releaseOne(empty, returned);
        } finally {
            departures.report();
        }
        returned.rethrow();
        return returned.bytes();
    }

    /** {@return the free objects that were not needed since the last call, in slabs that may be given back} */
    public long takeUnused() {
        return geometry.isWhole ? 0 : list.takeLeastFree();
    }

    /**
     * Returns the memory of one empty slab.
     *
     * @param most objects that the slab may have
     * @return how many it had; 0 if there is none
     */
    public long trim(long most) {
        List<Slab> removed = list.removeEmpty(1, most);
        if (removed.isEmpty()) {
            return 0;
        }
        Returned returned = new Returned();
        try {
            departures.release(removed, returned);
        } finally {
            departures.report();
        }
        returned.rethrow();
        return removed.getFirst().objects();
    }
}
