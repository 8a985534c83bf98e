package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;

/** Runs of objects in one slab, for bulk calls. Each method returns the position of the first object that is left. */
public final class SlabRuns {
    private SlabRuns() {}

    /**
     * Marks objects, owned by the caller, live, up to the first that is not in the slab.
     *
     * @param slab to mark objects of
     * @param addresses of objects
     * @param from position of the first
     * @param end position behind the last
     * @return position of the first that is left
     */
    public static int markLive(Slab slab, long[] addresses, int from, int end) {
        int i = from;
        while (i < end && slab.hasObjectAt(addresses[i])) {
            slab.markLive(addresses[i++]);
        }
        return i;
    }

    /**
     * Marks objects free, up to the first that is not a live object of the slab.
     *
     * @param slab to mark objects of
     * @param addresses anything
     * @param from position of the first
     * @param end position behind the last
     * @return position of the first that is left
     */
    public static int markFree(Slab slab, long[] addresses, int from, int end) {
        int i = from;
        while (i < end && slab.hasObjectAt(addresses[i]) && slab.markFree(addresses[i])) {
            i++;
        }
        return i;
    }

    /**
     * Returns the segments of objects, up to the first that is not in the slab.
     *
     * @param slab to get segments of
     * @param addresses of objects
     * @param from position of the first
     * @param end position behind the last
     * @param into gets the segments
     * @param offset position in {@code into} for the address at 0
     * @return position of the first that is left
     */
    public static int handles(Slab slab, long[] addresses, int from, int end, MemorySegment[] into, int offset) {
        int i = from;
        for (; i < end && slab.hasObjectAt(addresses[i]); i++) {
            into[offset + i] = slab.handle(addresses[i]);
        }
        return i;
    }

    /**
     * Marks objects free, up to the first segment that is not the handle of a live object of the slab.
     *
     * @param slab to mark objects of
     * @param objects segments, or null
     * @param offset index of position 0
     * @param from position of the first
     * @param end position behind the last
     * @param addresses gets the addresses of those that were marked
     * @return position of the first that is left
     */
    public static int markFree(Slab slab, MemorySegment[] objects, int offset, int from, int end, long[] addresses) {
        int i = from;
        for (; i < end; i++) {
            MemorySegment object = objects[offset + i];
            long address = object == null ? 0 : object.address();
            if (!slab.hasObjectAt(address) || slab.handleIfCreated(address) != object || !slab.markFree(address)) {
                break;
            }
            addresses[i] = address;
        }
        return i;
    }
}
