package io.slabcache.bench.slots;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.memory.MappedMemory;
import io.slabcache.memory.Pages;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The allocators that the loads compare, in the order of the tables. */
public enum SlotSubject {
    SLABCACHE("slabcache", "SlabCache, raw addresses, default settings", plan -> cache(plan, builder(plan))),
    AHEAD("slabcache-ahead", "the same with growAhead", plan -> cache(plan, ahead(plan))),
    RESERVE("slabcache-reserve", "the same with reserve of all objects, no handles", SlotSubject::reserved),
    MAPPED(
            "slabcache-mapped",
            "MappedMemory with base pages and preTouch, growAhead",
            plan -> cache(plan, mapped(plan, Pages.BASE))),
    HUGE(
            "slabcache-mapped-huge",
            "the same with transparent huge pages",
            plan -> cache(plan, mapped(plan, Pages.TRANSPARENT_HUGE))),
    POOL(
            "slabcache-mapped-2m",
            "the same with pages from the system's pool; only by name",
            plan -> cache(plan, pooled(plan))),
    TRIM("slabcache-trim", "SlabCache with trimAfter(100 ms), not told to shrink", SlotSubject::trimmed),
    NETTY_ADAPTIVE(
            "netty-adaptive",
            "Netty AdaptiveByteBufAllocator, with thread caches",
            plan -> netty(plan, new AdaptiveByteBufAllocator(true, true))),
    NETTY_POOLED(
            "netty-pooled",
            "Netty PooledByteBufAllocator, with thread caches",
            plan -> netty(plan, new PooledByteBufAllocator(true))),
    JEMALLOC(
            "jemalloc",
            "jemalloc through LWJGL, raw addresses",
            plan -> new JemallocSlots(plan.slots(), plan.objectSize())),
    RPMALLOC(
            "rpmalloc",
            "rpmalloc through LWJGL, raw addresses",
            plan -> new RpmallocSlots(plan.slots(), plan.objectSize())),
    ARENA_SHARED(
            "arena-shared",
            "one Arena.ofShared for each object; memory is zeroed",
            plan -> new ArenaSlots(plan.slots(), plan.objectSize()));

    /** More than the magazines of a few threads hold. */
    private static final int CACHED = 16_384;

    private static final Duration UNUSED = Duration.ofMillis(100);

    /** A multiple of the size of a huge page. */
    private static final long MAPPED_SLAB = 32L << 20;

    private final String id;
    private final String about;
    private final Function<SlotPlan, SlotAllocator> opening;

    SlotSubject(String id, String about, Function<SlotPlan, SlotAllocator> opening) {
        this.id = id;
        this.about = about;
        this.opening = opening;
    }

    /** Returns its name on the command line and in the results. */
    public String id() {
        return id;
    }

    /** Returns what is measured, with the settings that matter. */
    public String about() {
        return about;
    }

    /** Returns the subject of an id. */
    public static SlotSubject of(String id) {
        return Arrays.stream(values())
                .filter(subject -> subject.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown subject '" + id + "'"));
    }

    /** Returns those that run on any machine: a pool of huge pages has to be set up first. */
    public static List<SlotSubject> onAnyMachine() {
        return Arrays.stream(values()).filter(subject -> subject != POOL).toList();
    }

    /** Returns one Slabcache for each kind of memory, whose objects are {@link AddressSlots}. */
    public static List<SlotSubject> ofEachKindOfMemory() {
        return List.of(SLABCACHE, MAPPED, HUGE);
    }

    /** Makes the allocator. */
    public SlotAllocator open(SlotPlan plan) {
        return opening.apply(plan);
    }

    private static SlotAllocator reserved(SlotPlan plan) {
        return cache(plan, builder(plan).handles(false).reserve(plan.slots() + CACHED));
    }

    private static SlotAllocator trimmed(SlotPlan plan) {
        return new CacheSlots(plan.slots(), builder(plan).trimAfter(UNUSED).build(), true);
    }

    private static SlotAllocator cache(SlotPlan plan, SlabCacheBuilder builder) {
        return new CacheSlots(plan.slots(), builder.build(), false);
    }

    private static SlotAllocator netty(SlotPlan plan, ByteBufAllocator allocator) {
        return new NettySlots(plan.slots(), plan.objectSize(), allocator);
    }

    private static SlabCacheBuilder mapped(SlotPlan plan, Pages pages) {
        return mapped(plan, MappedMemory.builder().pages(pages));
    }

    /** Fails without the pool, and says how to fill it, rather than to measure other pages. */
    private static SlabCacheBuilder pooled(SlotPlan plan) {
        return mapped(plan, MappedMemory.builder().pages(Pages.HUGE_2M).strict(true));
    }

    private static SlabCacheBuilder mapped(SlotPlan plan, MappedMemory.Builder memory) {
        return ahead(plan).slabBytes(MAPPED_SLAB).memory(memory.preTouch(true).build());
    }

    private static SlabCacheBuilder ahead(SlotPlan plan) {
        return builder(plan).growAhead(plan.aheadObjects());
    }

    private static SlabCacheBuilder builder(SlotPlan plan) {
        return SlabCache.builder("bench", plan.objectSize());
    }
}
