package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.SlabGeometry;

/** Against false sharing with memory before the fields. 128 bytes, because lines are prefetched in pairs. */
abstract class PaddingBefore {
    /** Fills the gap behind the object header, where the JVM would put the first hot {@code int}. */
    int gap;

    long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
}

/** Against false sharing with memory behind the fields. */
abstract class PaddingAfter extends GuessingPair {
    long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;

    PaddingAfter(long ownerId, boolean trusted, SlabGeometry geometry) {
        super(ownerId, trusted, geometry);
    }
}
