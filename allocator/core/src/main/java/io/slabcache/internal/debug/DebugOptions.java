package io.slabcache.internal.debug;

import io.slabcache.internal.slab.SlabGeometry;

/**
 * What a cache keeps an eye on.
 *
 * @param sanity whether each step compares the slab's free map with the state of the object
 * @param redzones whether objects lie between zones that nobody may write
 * @param poison whether free objects are filled with a pattern
 * @param quarantine whether free objects wait before they are used again
 * @param tracking whether threads, times and stacks are kept
 */
public record DebugOptions(boolean sanity, boolean redzones, boolean poison, boolean quarantine, boolean tracking) {
    /**
     * Whether objects with redzones are small enough for a slab.
     *
     * @param objectSize bytes
     * @param alignment power of two
     * @return false if only objects without redzones are
     */
    public static boolean haveRoomForRedzones(long objectSize, long alignment) {
        return SlabGeometry.stride(objectSize + Redzones.SMALLEST, alignment) <= SlabGeometry.MAX_BYTES;
    }

    /** {@return bytes that have to be between two objects} */
    public long gap() {
        return redzones ? Redzones.SMALLEST : 0;
    }

    /** {@return whether there are bytes that nobody may write, so that a look at memory finds something} */
    boolean leavesPatterns() {
        return redzones || poison;
    }
}
