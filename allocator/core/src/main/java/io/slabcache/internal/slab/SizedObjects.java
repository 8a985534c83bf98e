package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;

/**
 * Objects of which the user asked for a part, the first bytes, because their cache serves a range of sizes. Functions on
 * a {@link Slab}, beside it for the reason that {@link Generations} are.
 */
public final class SizedObjects {
    /**
     * A bit of a live byte: handed out to a user who asked for less than the range of the cache, for an alignment. Beside
     * the other marks of live objects, which do not use this bit.
     */
    private static final byte SHORT = 8;

    private SizedObjects() {}

    /** {@return the bytes of each object of a slab} */
    public static long size(Slab slab) {
        return slab.geometry.objectSize;
    }

    /** {@return a new segment of the first bytes of an object, which is not kept} */
    public static MemorySegment segment(Slab slab, long address, long bytes) {
        return slab.memory().asSlice(address - slab.start(), bytes);
    }

    /** Marks a live object, owned by the caller, as one whose size is below the range of the cache. */
    public static void markShort(Slab slab, long address) {
        slab.liveBytes()[slab.place(address)] |= SHORT;
    }

    /** Whether an object that starts at an address is live, and not memory of an arena. */
    public static boolean isOwned(Slab slab, long address) {
        return slab.isLive(address) && !LeaseMarks.isLeased(slab.liveBytes(), slab.place(address));
    }

    /** {@return a live byte of a live object without the mark of its size} */
    public static int withoutShort(byte mark) {
        return mark & ~SHORT;
    }

    /** Whether an object that starts at an address was handed out with a size below the range of the cache. */
    public static boolean isShort(Slab slab, long address) {
        byte mark = slab.liveBytes()[slab.place(address)];
        return mark > 0 && (mark & SHORT) != 0;
    }
}
