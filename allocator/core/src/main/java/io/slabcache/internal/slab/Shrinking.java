package io.slabcache.internal.slab;

import io.slabcache.diagnostics.SlowStep;
import io.slabcache.internal.observe.Latencies;
import io.slabcache.internal.observe.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private final Latencies latencies;

    Shrinking(
            SlabGeometry geometry,
            SlabList list,
            RegionReturns returns,
            SlabDepartures departures,
            Latencies latencies) {
        this.geometry = geometry;
        this.list = list;
        this.returns = returns;
        this.departures = departures;
        this.latencies = latencies;
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
        long since = System.nanoTime();
        Span span = latencies.begin(SlowStep.SHRINK);
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
        return finish(since, span, returned);
    }

    private long finish(long since, @Nullable Span span, Returned returned) {
        if (returned.bytes() > 0) {
            latencies.end(SlowStep.SHRINK, since, span, returned.bytes());
        }
        returned.rethrow();
        return returned.bytes();
    }

    /** As {@link SlabSupply#shrinkOne}. Tries regions that were held, such as leased ones, when no slab is empty. */
    long one() {
        long since = System.nanoTime();
        Span span = latencies.begin(SlowStep.SHRINK);
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
        return finish(since, span, returned);
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
        long since = System.nanoTime();
        Span span = latencies.begin(SlowStep.SHRINK);
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
        finish(since, span, returned);
        return removed.getFirst().objects();
    }
}
