package io.slabcache.tests.soak;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.memory.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The caches under stress: all small, so that every layer is reached often. */
final class Targets {
    private final List<Target> all = new ArrayList<>();
    private final MemorySource memory;
    private final Function<SlabCache, Access> access;
    private final ExchangeTable table;
    private final SplittableRandom random;

    private Targets(long seed, MemorySource memory, Function<SlabCache, Access> access, ExchangeTable table) {
        this.memory = memory;
        this.access = access;
        this.table = table;
        this.random = new SplittableRandom(~seed);
    }

    static List<Target> open(long seed, MemorySource memory, Function<SlabCache, Access> access, ExchangeTable table) {
        Targets targets = new Targets(seed, memory, access, table);
        targets.addPlain(SlabCache.builder("defaults", 64), 1 << 16);
        targets.add(SlabCache.builder("small magazines", 24).magazineCapacity(4).slabBytes(24 * 50), 1_000);
        targets.add(
                SlabCache.builder("bounded", 200)
                        .alignment(64)
                        .maxObjects(600)
                        .magazineCapacity(16)
                        .slabBytes(256 * 40),
                600);
        targets.add(SlabCache.builder("locked", 40).lockless(false).slabBytes(40 * 100), 2_000);
        targets.add(
                SlabCache.builder("locked and bounded", 16)
                        .lockless(false)
                        .maxObjects(300)
                        .slabBytes(16 * 64),
                300);
        targets.add(
                SlabCache.builder("unchecked", 48)
                        .checks(Checks.NONE)
                        .magazineCapacity(32)
                        .slabBytes(48 * 100),
                2_000);
        targets.addPlain(
                SlabCache.builder("unchecked and bounded", 5)
                        .checks(Checks.NONE)
                        .maxObjects(500)
                        .slabBytes(8 * 128),
                500);
        targets.add(
                SlabCache.builder("blocks", 1_024)
                        .alignment(1_024)
                        .magazineCapacity(8)
                        .slabBytes(1 << 20),
                1 << 13);
        return List.copyOf(targets.all);
    }

    /** Adds a cache with a constructor callback. */
    private void add(SlabCacheBuilder builder, int burst) {
        MarkingConstructor constructor = new MarkingConstructor(table, random.split());
        Target target = add(builder.constructor(constructor), burst, constructor);
        constructor.belongsTo(target);
    }

    private void addPlain(SlabCacheBuilder builder, int burst) {
        add(builder, burst, null);
    }

    private Target add(SlabCacheBuilder builder, int burst, MarkingConstructor constructor) {
        WatchedSource source = new WatchedSource(memory, random.split());
        Target target = new Target(builder.memory(source), access, burst, source, constructor);
        all.add(target);
        return target;
    }
}
