package io.slabcache.internal.slab;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The Java heap of what the slabs of a cache make only when it is wanted: segments and generations. Kept as a sum, so that
 * statistics need not look at each slab. Any thread adds to it, without a lock.
 */
final class OnDemandHeap {
    private final LongAdder made = new LongAdder();

    /** Apart from the others, because it is counted where the heap may be full: an adder may need some. */
    private final AtomicLong gone = new AtomicLong();

    /**
     * Counts what is about to be made.
     *
     * @throws OutOfMemoryError if the heap is full; then nothing is counted
     */
    void make(long bytes) {
        made.add(bytes);
    }

    /** Counts what is not there any more, or was not made after all. Allocates nothing. */
    void drop(long bytes) {
        gone.addAndGet(bytes);
    }

    long bytes() {
        // In this order, so that what goes meanwhile makes no negative number.
        long dropped = gone.get();
        return made.sum() - dropped;
    }
}
