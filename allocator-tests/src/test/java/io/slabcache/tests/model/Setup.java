package io.slabcache.tests.model;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Memory;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random configuration.
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
 * @param byProperty whether system properties choose them instead of the builder
 * @param guarded whether as many objects as possible are guarded
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
        List<Debug> debug,
        boolean byProperty,
        boolean guarded) {
    private static final String NAME = "modelled";

    /** At least so many bytes between two guarded objects, and before the first. */
    private static final int REDZONE = 64;

    /** One in so many allocations fails; two in a row never fail. */
    private static final int FAILING_INTERVAL = 5;

    /** Bounded, checked, and small enough to reach every layer soon. */
    static final Setup TYPICAL = new Setup(
            24, 8, true, 8, 100, 16, Checks.STANDARD, MisusePolicy.THROW, false, false, List.of(), false, false);

    /** Guards an eighth of its objects. */
    static final Setup GUARDED = new Setup(
            24, 8, true, 8, 100, 16, Checks.STANDARD, MisusePolicy.THROW, false, false, List.of(), false, true);

    /** Returns the same, debugged. */
    static Setup debugged(List<Debug> debug, boolean byProperty) {
        return new Setup(
                24, 8, false, 8, 100, 16, Checks.STANDARD, MisusePolicy.THROW, false, false, debug, byProperty, false);
    }

    static Setup random(RandomGenerator random) {
        List<Debug> debug = random.nextInt(3) == 0 ? debug(random) : List.of();
        Checks checks = random.nextInt(4) == 0 ? Checks.NONE : Checks.STANDARD;
        return new Setup(
                random.nextInt(10) == 0 ? random.nextInt(1, 5_000) : random.nextInt(1, 200),
                1L << random.nextInt(0, 9),
                random.nextInt(4) != 0 && debug.isEmpty(),
                random.nextInt(1, 40),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1, 300),
                random.nextInt(0, 60),
                checks,
                random.nextBoolean() ? MisusePolicy.THROW : MisusePolicy.WARN_ONCE,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                debug,
                random.nextBoolean(),
                checks == Checks.STANDARD && debug.isEmpty() && random.nextInt(3) == 0);
    }

    /** Returns one way, all, or some. */
    private static List<Debug> debug(RandomGenerator random) {
        Debug[] ways = Debug.values();
        return switch (random.nextInt(3)) {
            case 0 -> List.of(ways[random.nextInt(ways.length)]);
            case 1 -> List.of(ways);
            default -> Stream.of(ways).filter(way -> random.nextBoolean()).toList();
        };
    }

    /** Returns whether calls that break the contract are found. */
    boolean findsMisuse() {
        return checks == Checks.STANDARD || !debug.isEmpty();
    }

    /** Returns whether allocations fail on purpose. */
    boolean isFailing() {
        return debug.contains(Debug.FAULTS);
    }

    long stride() {
        return (objectSize + alignment - 1) / alignment * alignment;
    }

    /** Returns whether some objects are checked, so that illegal writes are found. */
    boolean findsWrites() {
        return guarded || debug.contains(Debug.REDZONES) || debug.contains(Debug.POISON);
    }

    boolean hasRedzones(Pool pool, long object) {
        return debug.contains(Debug.REDZONES) || isGuarded(pool, object);
    }

    boolean hasPoison(Pool pool, long object) {
        return debug.contains(Debug.POISON) || isGuarded(pool, object);
    }

    /**
     * Returns whether the middle of the redzone before an object shows that it is guarded; where no object is, those
     * bytes may be anything.
     */
    boolean isGuarded(Pool pool, long object) {
        return guarded && pool.isFilled(object, object - REDZONE * 3 / 4, REDZONE / 2, (byte) 0xcc);
    }

    /** Returns the distance between two guarded objects. */
    long guardedStride() {
        return Math.ceilDiv(objectSize + Math.clamp(Long.highestOneBit(objectSize), REDZONE, 4096), alignment)
                * alignment;
    }

    Watched build() {
        Memory memory = new Memory();
        Queue<MisuseReport> reports = new ConcurrentLinkedQueue<>();
        return new Watched(buildCache(memory, reports::add), memory, reports);
    }

    private SlabCache buildCache(Memory memory, Consumer<MisuseReport> listener) {
        SlabCacheBuilder builder = SlabCache.builder(NAME, objectSize)
                .alignment(alignment)
                .lockless(lockless)
                .magazineCapacity(magazineCapacity)
                .maxObjects(bound)
                .checks(checks)
                .memory(memory)
                .onReport(listener)
                .onMisuse(policy);
        if (guarded) {
            builder.guardedSampling(1);
        }
        if (slabObjects > 0) {
            builder.slabBytes(stride() * slabObjects);
        }
        if (byProperty && !debug.isEmpty()) {
            return buildByProperty(builder);
        }
        builder.debug(debug.toArray(Debug[]::new));
        return (isFailing() ? builder.faults(AllocationFaults.interval(FAILING_INTERVAL)) : builder).build();
    }

    private SlabCache buildByProperty(SlabCacheBuilder builder) {
        String letters = debug.stream().map(way -> String.valueOf(way.letter())).collect(Collectors.joining());
        System.setProperty("slabcache.debug", letters + "," + NAME);
        System.setProperty("slabcache.debug.faults", "interval=" + FAILING_INTERVAL);
        try {
            return builder.build();
        } finally {
            System.clearProperty("slabcache.debug");
            System.clearProperty("slabcache.debug.faults");
        }
    }

    CachePool open() {
        Watched watched = build();
        return new CachePool(watched, local ? watched.cache().local() : watched.cache());
    }
}
