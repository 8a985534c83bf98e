package io.slabcache.internal.slab;

import io.slabcache.diagnostics.SlowStep;
import io.slabcache.internal.observe.Latencies;
import io.slabcache.internal.observe.Span;

/** Moves of many objects between a magazine and the slab lists, timed if they are large. */
final class SlabMoves {
    private final SlabList list;
    private final Latencies latencies;

    SlabMoves(SlabList list, Latencies latencies) {
        this.list = list;
        this.latencies = latencies;
    }

    /** As {@link SlabList#take}. */
    int take(long[] addresses, int offset, int count, boolean mayWait) {
        if (count < Latencies.LEAST_TIMED) {
            return list.take(addresses, offset, count, mayWait);
        }
        long since = System.nanoTime();
        Span span = latencies.begin(SlowStep.REFILL);
        int taken = list.take(addresses, offset, count, mayWait);
        if (taken >= Latencies.LEAST_TIMED) {
            latencies.end(SlowStep.REFILL, since, span, taken);
        }
        return taken;
    }

    /** As {@link SlabList#flush}. */
    boolean put(long[] addresses, int offset, int count, boolean mayWait) {
        if (count < Latencies.LEAST_TIMED) {
            return list.flush(addresses, offset, count, mayWait);
        }
        long since = System.nanoTime();
        Span span = latencies.begin(SlowStep.FLUSH);
        boolean isPut = list.flush(addresses, offset, count, mayWait);
        if (isPut) {
            latencies.end(SlowStep.FLUSH, since, span, count);
        }
        return isPut;
    }
}
