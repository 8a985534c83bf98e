package io.slabcache.internal.slab;

/** Two slabs that overlap. They are refused, because two objects would share memory. */
final class SlabOverlap {
    private SlabOverlap() {}

    /** Refuses a slab whose region overlaps another one of this cache. */
    static void check(Slab slab, Slab other) {
        if (start(slab) < end(other) && start(other) < end(slab)) {
            throw new IllegalStateException("memory source returned " + range(slab)
                    + ", which overlaps the live region " + range(other)
                    + "; expected unused memory. It was not closed, because that might end the live region");
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
