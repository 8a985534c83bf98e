package io.slabcache.internal.slab;

/** The Java heap that describes a slab, fixed for its lifetime. What is made on demand is in {@link OnDemandHeap}. */
final class SlabHeap {
    /**
     * Heap of the objects that describe a slab, without their arrays: slab, free map, region, the default source's
     * region with its arena, and map entries. Measured, for 4-byte references.
     */
    private static final int FIXED_BYTES = 576;

    private SlabHeap() {}

    static long bytes(Slab slab) {
        return slab.liveBytes().length + slab.freeMap.heapBytes() + FIXED_BYTES;
    }
}
