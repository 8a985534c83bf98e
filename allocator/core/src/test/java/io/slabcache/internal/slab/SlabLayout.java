package io.slabcache.internal.slab;

import java.util.Random;

/** The places that a memory source may choose for its regions. */
enum SlabLayout {
    ADJACENT(1024, 64 << 10),
    WITH_GAPS(1024, 80 << 10),
    SEVERAL_IN_A_GRANULE(1, 64),
    SEVERAL_IN_A_GRANULE_WITH_GAPS(3, 1024),
    SAME_PLACE_IN_ANY_TABLE(1024, 1L << 38),
    SCATTERED(1024, 0);

    final int objects;
    final long distance;

    SlabLayout(int objects, long distance) {
        this.objects = objects;
        this.distance = distance;
    }

    Slab slab(int number, Random random) {
        long address = 0x10_0040 + number * distance;
        if (distance == 0) {
            // A random slot of 1 MiB and a random line in it: scattered, without overlap.
            address =
                    (number + 1 + (random.nextLong(IndexUser.HIGHEST >>> 32) << 12) << 20) + random.nextInt(1024) * 64L;
        }
        return Slabs.at(address, IndexUser.GEOMETRY, objects);
    }
}
