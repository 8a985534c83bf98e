package io.slabcache.internal.slab;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sums over all slabs of a {@link SlabList}, and counts of what it did. Guarded by the lock of the list, except {@link #isBelow} and the
 * reserved bytes.
 */
final class SlabSums {
    // Invariant: the sums of objects(), free() and heapBytes() over all slabs of the list.
    private long totalObjects;
    private long freeObjects;
    private long heapBytes;

    /** The objects of all slabs that are as small as those made in a hurry. */
    private long smallObjects;

    // Counts since the start.
    long refills;
    long flushes;
    long singleFrees;
    long duplicates;

    /** The smallest number of free objects since the last call of {@link #takeLeastFree}. */
    private long leastFree;

    /** Read without the lock, even after this is garbage. */
    final AtomicLong reservedBytes = new AtomicLong();

    /** Read without the lock too, so it may be late. */
    long totalObjects() {
        return totalObjects;
    }

    long freeObjects() {
        return freeObjects;
    }

    void add(Slab slab) {
        account(slab, 1);
    }

    void remove(Slab slab) {
        account(slab, -1);
    }

    private void account(Slab slab, int sign) {
        totalObjects += sign * (long) slab.objects();
        freeObjects += sign * (long) slab.freeMap.free();
        heapBytes += sign * SlabHeap.bytes(slab);
        smallObjects += SmallSlabs.includes(slab) ? sign * (long) slab.objects() : 0;
        leastFree = Math.min(leastFree, freeObjects);
        reservedBytes.addAndGet(sign * slab.region().bytes());
    }

    void take(int objects) {
        freeObjects -= objects;
        leastFree = Math.min(leastFree, freeObjects);
    }

    void put() {
        freeObjects++;
    }

    /** The smallest number of free objects since the last call: those that were not needed meanwhile. */
    long takeLeastFree() {
        long least = leastFree;
        leastFree = freeObjects;
        return least;
    }

    /** Whether fewer objects are free, and the bound allows more. Read without the lock, so it may be late. */
    boolean isBelow(long objects, long bound) {
        return freeObjects < objects && totalObjects < bound;
    }

    SlabCounts counts(int slabs, long contended, long heapOfIndex) {
        return new SlabCounts(
                slabs,
                totalObjects,
                freeObjects,
                smallObjects,
                reservedBytes.get(),
                refills,
                flushes,
                singleFrees,
                duplicates,
                contended,
                heapOfIndex + heapBytes);
    }

    void validate(Collection<Slab> slabs) {
        long total = slabs.stream().mapToLong(Slab::objects).sum();
        long free = slabs.stream().mapToLong(slab -> slab.freeMap.free()).sum();
        long heap = slabs.stream().mapToLong(SlabHeap::bytes).sum();
        Invariant.check(total == totalObjects, "totalObjects is " + total + ", counted", totalObjects);
        Invariant.check(free == freeObjects, "freeObjects is " + free + ", counted", freeObjects);
        Invariant.check(heap == heapBytes, "heapBytes is " + heap + ", counted", heapBytes);
    }
}
