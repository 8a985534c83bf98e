package io.slabcache.tests.memory;

import io.slabcache.SlabCache;

/**
 * A program that uses many objects as segments. Its arguments: whether the cache keeps the segments, and the number of
 * objects.
 */
final class ManySegments {
    private ManySegments() {}

    public static void main(String[] arguments) {
        int objects = Integer.parseInt(arguments[1]);
        try (SlabCache cache = SlabCache.builder("many", 32)
                .handles(Boolean.parseBoolean(arguments[0]))
                .build()) {
            long[] addresses = new long[objects];
            for (int i = 0; i < objects; i++) {
                addresses[i] = cache.allocate().address();
            }
            System.out.println(cache.stats().liveObjects());
            for (long address : addresses) {
                cache.free(cache.segment(address));
            }
        }
    }
}
