package io.slabcache.internal.slab;

import java.util.concurrent.atomic.AtomicLong;

/** How often and how long threads waited for a new slab when they needed an object. For any thread. */
public final class GrowthStalls {
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    GrowthStalls() {}

    void add(long nanos) {
        count.incrementAndGet();
        // No lambda: the thread may have found the heap full.
        long before = longest.get();
        while (nanos > before && !longest.compareAndSet(before, nanos)) {
            before = longest.get();
        }
    }

    /** {@return the number of stalls} */
    public long count() {
        return count.get();
    }

    /** {@return the longest stall in nanoseconds} */
    public long longestNanos() {
        return longest.get();
    }
}
