package io.slabcache.internal.slab;

/**
 * Counts of a {@link SlabList}, read at one moment under its lock.
 *
 * @param slabs number of slabs
 * @param totalObjects objects of all slabs
 * @param freeObjects objects that are free in the slabs
 * @param smallObjects objects of slabs that are as small as those made in a hurry
 * @param reservedBytes bytes of the slabs' memory regions, and of those that have not gone back to their source yet
 * @param refills bulk moves out
 * @param flushes bulk moves in
 * @param singleFrees objects freed one at a time, past the magazines
 * @param duplicates objects that came back twice, from callers that are not checked
 * @param contendedLocks acquisitions of the list's lock that had to wait
 * @param heapBytes estimate of the Java heap that describes the slabs
 */
public record SlabCounts(
        int slabs,
        long totalObjects,
        long freeObjects,
        long smallObjects,
        long reservedBytes,
        long refills,
        long flushes,
        long singleFrees,
        long duplicates,
        long contendedLocks,
        long heapBytes) {
    /** Counts of memory only. */
    static SlabCounts ofBytes(long reserved, long heap) {
        return new SlabCounts(0, 0, 0, 0, reserved, 0, 0, 0, 0, 0, heap);
    }

    /**
     * {@return the sums of these counts and others}
     *
     * @param other counts of another list
     */
    public SlabCounts plus(SlabCounts other) {
        return new SlabCounts(
                slabs + other.slabs,
                totalObjects + other.totalObjects,
                freeObjects + other.freeObjects,
                smallObjects + other.smallObjects,
                reservedBytes + other.reservedBytes,
                refills + other.refills,
                flushes + other.flushes,
                singleFrees + other.singleFrees,
                duplicates + other.duplicates,
                contendedLocks + other.contendedLocks,
                heapBytes + other.heapBytes);
    }
}
