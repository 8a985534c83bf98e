package io.slabcache.internal.slab;

/**
 * Keeps the first cache lines of objects apart in the processor's first-level cache. That cache finds a line by some
 * bits of its address, so objects whose distance is a large power of two share a few places there, and a program that
 * uses the headers of many objects misses it. One more cache line in the distance spreads them over all places.
 */
public final class Colouring {
    /** A usual first-level cache has 64 sets of lines, so objects at multiples of this distance share two of them. */
    static final long FEW_SETS_BYTES = 2048;

    static final long LINE_BYTES = 64;

    /** Few objects are larger, and with the line they still have to fit into a slab. */
    static final long MOST_BYTES = 1L << 29;

    private Colouring() {}

    /**
     * Returns the distance of two objects that are coloured.
     *
     * @param packed their distance without colouring
     * @param alignment power of two
     * @return {@code packed}, if that is good, or if alignment or size allow no other
     */
    public static long stride(long packed, long alignment) {
        boolean isUseful = packed % FEW_SETS_BYTES == 0;
        boolean isAllowed = alignment <= LINE_BYTES && packed <= MOST_BYTES;
        return isUseful && isAllowed ? packed + LINE_BYTES : packed;
    }
}
