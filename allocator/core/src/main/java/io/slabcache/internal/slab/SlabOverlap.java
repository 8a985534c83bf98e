package io.slabcache.internal.slab;

/** Two slabs of which each must have its memory to itself, or else two objects would share some. */
final class SlabOverlap {
    private SlabOverlap() {}

    /** Refuses a slab whose region overlaps that of another one of this cache. */
    static void check(Slab slab, Slab other) {
        if (start(slab) < end(other) && start(other) < end(slab)) {
            throw new IllegalStateException("memory source returned " + range(slab)
                    + ", which overlaps the live region " + range(other)
                    + "; expected memory that is in nobody's use. It was not closed, for that might end the live one");
        }
    }

    private static long start(Slab slab) {
        return slab.region().segment().address();
    }

    private static long end(Slab slab) {
        return slab.base() + slab.length();
    }

    private static String range(Slab slab) {
        return range(start(slab), end(slab) - start(slab));
    }

    static String range(long address, long bytes) {
        return "0x" + Long.toHexString(address) + " + " + bytes + " bytes";
    }
}
