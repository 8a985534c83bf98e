package io.slabcache.bench.sizes;

import java.util.SplittableRandom;

/**
 * Random sizes and places, drawn in advance. The sizes are distributed as in the test <i>alloc-test</i> of mimalloc-bench,
 * with a largest size of 1,024 bytes: half of the objects have 5 to 8 bytes, a quarter 9 to 16, and so on; within each
 * doubling all sizes are equally frequent.
 */
final class MixedSizes {
    /** So many draws that no processor learns them. */
    private static final int DRAWS = 1 << 16;

    private static final int SMALLEST_BITS = 2;
    private static final int LARGEST_BITS = 9;

    final int[] sizes = new int[DRAWS];
    final int[] places = new int[DRAWS];
    private int next;

    MixedSizes(int live) {
        SplittableRandom random = new SplittableRandom(live);
        for (int i = 0; i < DRAWS; i++) {
            sizes[i] = size(random);
            places[i] = random.nextInt(live);
        }
    }

    static int size(SplittableRandom random) {
        int doublings = LARGEST_BITS - SMALLEST_BITS;
        int bits = SMALLEST_BITS + Integer.numberOfTrailingZeros(random.nextInt(1 << doublings) + 1);
        return (1 << bits) + 1 + random.nextInt(1 << bits);
    }

    /** The position of the next draw. */
    int next() {
        next = next + 1 & DRAWS - 1;
        return next;
    }
}
