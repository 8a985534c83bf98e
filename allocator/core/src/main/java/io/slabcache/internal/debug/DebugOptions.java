package io.slabcache.internal.debug;

import io.slabcache.internal.slab.SlabGeometry;

/**
 * What the debug layer checks and records.
 *
 * @param sanity whether each step compares the slab's free map with the state of the object
 * @param redzones whether objects lie between zones that must not be written
 * @param poison whether free objects are filled with a pattern
 * @param quarantine whether free objects wait before they are used again
 * @param tracking whether threads, times and stacks are kept
 */
public record DebugOptions(boolean sanity, boolean redzones, boolean poison, boolean quarantine, boolean tracking) {
    /**
     * Returns whether an object with redzones fits into a slab.
     *
     * @param objectSize bytes
     * @param alignment power of two
     * @return false if only an object without redzones fits
     */
    public static boolean haveRoomForRedzones(long objectSize, long alignment) {
        return SlabGeometry.stride(objectSize + Redzones.SMALLEST, alignment) <= SlabGeometry.MAX_BYTES;
    }

    /** {@return the least number of bytes between two objects} */
    public long gap() {
        return redzones ? Redzones.SMALLEST : 0;
    }

    /** {@return whether some bytes must not be written, so that an inspection of memory can find damage} */
    boolean leavesPatterns() {
        return redzones || poison;
    }
}
