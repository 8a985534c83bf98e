package io.slabcache.bench.sizes;

import java.util.SplittableRandom;

/** How often objects have which size. */
public enum SizeDistribution {
    /**
     * As in the test <i>alloc-test</i> of mimalloc-bench, with a largest size of 1,024 bytes: half of the objects have 5 to 8
     * bytes, a quarter 9 to 16, and so on; within each doubling all sizes are equally frequent.
     */
    ALLOC_TEST {
        @Override
        int draw(SplittableRandom random) {
            int doublings = LARGEST_BITS - SMALLEST_BITS;
            int bits = SMALLEST_BITS + Integer.numberOfTrailingZeros(random.nextInt(1 << doublings) + 1);
            return (1 << bits) + 1 + random.nextInt(1 << bits);
        }
    },

    /** All sizes from 1 to 1,024 bytes are equally frequent. */
    UNIFORM {
        @Override
        int draw(SplittableRandom random) {
            return 1 + random.nextInt(1 << LARGEST_BITS + 1);
        }
    },

    /** 16 to 4,096 bytes, each doubling equally frequent. So are the classes of a {@code SlabAllocator}: 33 of them. */
    LOG_UNIFORM {
        @Override
        int draw(SplittableRandom random) {
            return (int) Math.pow(2, 4 + random.nextDouble() * 8);
        }
    };

    private static final int SMALLEST_BITS = 2;
    private static final int LARGEST_BITS = 9;

    abstract int draw(SplittableRandom random);
}
