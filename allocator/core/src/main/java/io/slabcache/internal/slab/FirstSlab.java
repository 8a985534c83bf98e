package io.slabcache.internal.slab;

/** How large the first slab of a size class is: a number of objects, within bounds. */
public enum FirstSlab {
    /**
     * Holds all objects of most classes. A thread guesses the slab of its next object, and where a class has several of a
     * size, it guesses the wrong one often.
     */
    LARGE(16_384, 256 << 10, 1 << 20),

    /** For users of many sizes with few objects of each, who do not guess when they free. */
    SMALL(64, 16 << 10, 128 << 10);

    private final long objects;
    private final long leastBytes;
    private final long mostBytes;

    FirstSlab(long objects, long leastBytes, long mostBytes) {
        this.objects = objects;
        this.leastBytes = leastBytes;
        this.mostBytes = mostBytes;
    }

    /** The bytes of the slab, given the distance of its objects. */
    long bytes(long stride) {
        return Math.clamp(objects * stride, leastBytes, mostBytes);
    }
}
