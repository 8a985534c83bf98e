package io.slabcache.bench.sizes;

import java.util.SplittableRandom;

/** Random sizes and places, drawn in advance. */
final class MixedSizes {
    /** So many draws that no processor learns them. */
    private static final int DRAWS = 1 << 16;

    final int[] sizes = new int[DRAWS];
    final int[] places = new int[DRAWS];
    private int next;

    MixedSizes(SizeDistribution distribution, int live) {
        SplittableRandom random = new SplittableRandom(live);
        for (int i = 0; i < DRAWS; i++) {
            sizes[i] = distribution.draw(random);
            places[i] = random.nextInt(live);
        }
    }

    /** The position of the next draw. */
    int next() {
        next = next + 1 & DRAWS - 1;
        return next;
    }
}
