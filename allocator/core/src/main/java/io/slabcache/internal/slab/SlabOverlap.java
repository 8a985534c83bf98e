package io.slabcache.internal.slab;

/** Two slabs that overlap. They are refused, because two objects would share memory. */
final class SlabOverlap {
    private SlabOverlap() {}

    /** Refuses a slab whose region overlaps another one of this cache. */
    static void check(Slab slab, Slab other) {
        if (slab.start() < other.end() && other.start() < slab.end()) {
            throw new IllegalStateException("memory source returned " + range(slab)
                    + ", which overlaps the live region " + range(other)
                    + "; expected unused memory. It was not closed, because that might end the live region");
        }
    }

    private static String range(Slab slab) {
        return range(slab.start(), slab.end() - slab.start());
    }

    static String range(long address, long bytes) {
        return "0x" + Long.toHexString(address) + " + " + bytes + " bytes";
    }
}
