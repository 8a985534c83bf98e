package io.slabcache.tests.model;

import io.slabcache.Checks;
import io.slabcache.Debug;
import io.slabcache.MisusePolicy;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A configuration drawn by chance.
 *
 * @param objectSize bytes
 * @param alignment bytes
 * @param lockless whether there are magazines
 * @param magazineCapacity objects
 * @param bound objects, or {@link Long#MAX_VALUE}
 * @param slabObjects objects per slab, or 0 for the default
 * @param checks what is checked; without checks only legal calls are made
 * @param policy what a misuse does
 * @param local whether a local cache is used
 * @param virtual whether the calls come from a virtual thread
 * @param debug ways in which the cache is debugged; then there are no magazines
 */
record Setup(
        long objectSize,
        long alignment,
        boolean lockless,
        int magazineCapacity,
        long bound,
        int slabObjects,
        Checks checks,
        MisusePolicy policy,
        boolean local,
        boolean virtual,
        List<Debug> debug) {
    /** Bounded, checked, and small enough for every layer to be reached soon. */
    static final Setup TYPICAL =
            new Setup(24, 8, true, 8, 100, 16, Checks.STANDARD, MisusePolicy.THROW, false, false, List.of());

    static Setup random(RandomGenerator random) {
        List<Debug> debug = random.nextInt(4) == 0 ? debug(random) : List.of();
        return new Setup(
                random.nextInt(10) == 0 ? random.nextInt(1, 5_000) : random.nextInt(1, 200),
                1L << random.nextInt(0, 9),
                random.nextInt(4) != 0 && debug.isEmpty(),
                random.nextInt(1, 40),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1, 300),
                random.nextInt(0, 60),
                random.nextInt(4) == 0 ? Checks.NONE : Checks.STANDARD,
                random.nextBoolean() ? MisusePolicy.THROW : MisusePolicy.WARN_ONCE,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                debug);
    }

    private static List<Debug> debug(RandomGenerator random) {
        return Stream.of(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING)
                .filter(way -> random.nextBoolean())
                .toList();
    }

    long stride() {
        return (objectSize + alignment - 1) / alignment * alignment;
    }

    SlabCache build() {
        SlabCacheBuilder builder = SlabCache.builder("modelled", objectSize)
                .alignment(alignment)
                .lockless(lockless)
                .magazineCapacity(magazineCapacity)
                .maxObjects(bound)
                .checks(checks)
                .onMisuse(policy)
                .debug(debug.toArray(Debug[]::new));
        return (slabObjects == 0 ? builder : builder.slabBytes(stride() * slabObjects)).build();
    }

    CachePool open() {
        SlabCache cache = build();
        return new CachePool(cache, local ? cache.local() : cache);
    }
}
