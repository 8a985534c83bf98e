package io.slabcache.internal.slab;

/**
 * Division of offsets by a stride without the processor's division, which takes 20 to 40 cycles (Granlund and Montgomery,
 * Division by Invariant Integers using Multiplication, 1994).
 */
final class Division {
    private static final int OFFSET_BITS = Long.numberOfTrailingZeros(SlabGeometry.MAX_BYTES);

    private Division() {}

    /** With l = ceil(log2 stride) the rounded-up reciprocal of 30 + l bits is exact for all 30-bit offsets. */
    static int shift(long stride) {
        return OFFSET_BITS + (Long.SIZE - Long.numberOfLeadingZeros(stride - 1));
    }

    /** For each offset below 2^30, floor(offset * multiplier / 2^shift) equals floor(offset / stride). */
    static long multiplier(long stride, int shift) {
        return ((1L << shift) + stride - 1) / stride;
    }

    /**
     * The inverse of an odd number modulo 2^64, by Newton's method. Each step doubles the number of correct low bits; an odd
     * number is its own inverse in 3 bits.
     */
    static long inverse(long odd) {
        long inverse = odd;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /**
     * The exact quotient of an offset and the stride if there is one; otherwise, unsigned, more than the objects of any
     * slab (section 9 there). So one comparison tells whether an object starts at the offset.
     *
     * @param offset anything
     * @param inverse of the stride's odd part
     * @param twos the number of factors of 2 in the stride
     */
    static long quotient(long offset, long inverse, int twos) {
        return Long.rotateRight(offset * inverse, twos);
    }
}
