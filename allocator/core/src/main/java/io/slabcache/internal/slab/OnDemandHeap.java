package io.slabcache.internal.slab;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The Java heap of everything that slabs make on demand: segments and generations. Kept as a sum, so that statistics
 * need not visit each slab. Any thread adds to it without a lock.
 */
final class OnDemandHeap {
    private final LongAdder made = new LongAdder();

    /** A counter of its own, because it is updated while the heap may be full and an adder may allocate. */
    private final AtomicLong gone = new AtomicLong();

    /**
     * Counts heap that is about to be used.
     *
     * @throws OutOfMemoryError if the heap is full; then nothing is counted
     */
    void make(long bytes) {
        made.add(bytes);
    }

    /** Counts heap that was freed, or not used after all. Allocates nothing. */
    void drop(long bytes) {
        gone.addAndGet(bytes);
    }

    long bytes() {
        // In this order, so that a concurrent drop cannot make the result negative.
        long dropped = gone.get();
        return made.sum() - dropped;
    }
}
