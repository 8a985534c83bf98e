package io.slabcache.internal.cache;

import io.slabcache.GenerationHandles;
import io.slabcache.internal.slab.Generations;

/**
 * The layout of a handle of {@link GenerationHandles}: an object's address and generation in one {@code long}. An
 * address has 48 bits, as on x86-64 and AArch64. Its lowest three are zero and make room for three more bits of
 * generation.
 */
public final class HandleFormat {
    /** The least alignment of the objects, in bytes. */
    public static final long ALIGNMENT = 8;

    private static final int ALIGNMENT_BITS = Long.numberOfTrailingZeros(ALIGNMENT);
    private static final int PLACE_BITS = Long.SIZE - Generations.GENERATION_BITS;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

    private HandleFormat() {}

    public static long handle(long address, int generation) {
        return (long) generation << PLACE_BITS | address >>> ALIGNMENT_BITS;
    }

    public static long address(long handle) {
        return (handle & PLACE_MASK) << ALIGNMENT_BITS;
    }

    public static int generation(long handle) {
        return (int) (handle >>> PLACE_BITS);
    }

    /** Whether an address loses no bit in a handle. */
    public static boolean fits(long address) {
        return address(handle(address, 0)) == address;
    }
}
