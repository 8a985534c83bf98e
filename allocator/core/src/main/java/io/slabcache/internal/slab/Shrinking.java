package io.slabcache.internal.slab;

import java.util.List;

/** Gives the memory of empty slabs back. Several threads may do this at once. */
final class Shrinking {
    /** The number of slabs removed under one acquisition of the list's lock. */
    private static final int BATCH = 64;

    private final SlabList list;
    private final RegionReturns returns;
    private final SlabDepartures departures;

    Shrinking(SlabList list, RegionReturns returns, SlabDepartures departures) {
        this.list = list;
        this.returns = returns;
        this.departures = departures;
    }

    /** As {@link SlabSupply#shrink}. */
    long all() {
        Returned returned = new Returned();
        returns.retry();
        try {
            // Goes through all slabs once, because other threads may empty slabs as fast as these go.
            int left = list.counts().slabs();
            for (boolean more = true; more; left -= BATCH) {
                List<Slab> batch = list.removeEmpty(BATCH);
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
            List<Slab> empty = list.removeEmpty(1);
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
}
