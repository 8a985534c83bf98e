package io.slabcache;

import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.config.SamplingRate;
import io.slabcache.internal.sizes.AllocatorSettings;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemorySource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Describes {@link SlabAllocator}s, for one thread. Each setter throws {@link IllegalArgumentException} for a bad
 * argument.
 *
 * <pre>{@code
 * SlabAllocator messages = SlabAllocator.builder("messages").maxBytes(1L << 30).build();
 * }</pre>
 */
public final class SlabAllocatorBuilder {
    /** Room for one slab of each of a few classes. */
    private static final long LEAST_BYTES = 4 << 20;

    private static final Duration SHORTEST_TRIM = Duration.ofMillis(1);
    private static final Duration LONGEST_TRIM = Duration.ofDays(36_500);

    private final String name;
    private Checks checks = Checks.STANDARD;
    private MisusePolicy policy = MisusePolicy.THROW;
    private Consumer<MisuseReport> listener = report -> {};
    private Set<Debug> debug = EnumSet.noneOf(Debug.class);
    private Optional<SamplingRate> guardRate = Optional.empty();
    private MemorySource memory = MemorySource.arena();
    private long maxBytes = Long.MAX_VALUE;
    private Optional<Duration> trimAfter = Optional.empty();
    private Optional<Keeper> keeper = Optional.empty();

    SlabAllocatorBuilder(String name) {
        Objects.requireNonNull(name, "name");
        require(!name.isBlank(), "name", "'" + name + "'", "a name to know the allocator by");
        this.name = name;
    }

    /**
     * Sets where slabs and large objects come from; {@link MemorySource#arena()} by default.
     *
     * @param source asked for one region per slab, and for one per object above 64 KiB
     * @return this
     */
    public SlabAllocatorBuilder memory(MemorySource source) {
        this.memory = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Bounds the memory of all classes and large objects together; unbounded by default. A class takes memory in slabs,
     * of up to 1 MiB at first, so a small bound suits few sizes. At the bound, free memory of other classes is used; what is
     * left of the bound and smaller than the next slab stays unused.
     *
     * @param bytes 4 MiB or more
     * @return this
     */
    public SlabAllocatorBuilder maxBytes(long bytes) {
        require(
                bytes >= LEAST_BYTES,
                "maxBytes",
                bytes,
                "at least " + LEAST_BYTES + ", room for the slabs of some sizes");
        this.maxBytes = bytes;
        return this;
    }

    /**
     * Sets what every free checks; {@link Checks#STANDARD} by default.
     *
     * @param checks the level
     * @return this
     */
    public SlabAllocatorBuilder checks(Checks checks) {
        this.checks = Objects.requireNonNull(checks, "checks");
        return this;
    }

    /**
     * Sets what happens on misuse; {@link MisusePolicy#THROW} by default.
     *
     * @param policy the policy
     * @return this
     */
    public SlabAllocatorBuilder onMisuse(MisusePolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Sets a listener for every misuse, as {@link SlabCacheBuilder#onReport}.
     *
     * @param listener for tests and alarms
     * @return this
     */
    public SlabAllocatorBuilder onReport(Consumer<MisuseReport> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Debugs the allocator in these ways and in those of the system property {@code slabcache.debug}, which knows its
     * classes by names such as {@code messages/64}. With {@link Debug#REDZONES} everything behind the bytes that were asked
     * for is a redzone.
     *
     * @param ways replace those of an earlier call, if any
     * @return this
     */
    public SlabAllocatorBuilder debug(Debug... ways) {
        Set<Debug> chosen = EnumSet.noneOf(Debug.class);
        for (Debug way : ways) {
            chosen.add(Objects.requireNonNull(way, "ways"));
        }
        this.debug = chosen;
        return this;
    }

    /**
     * Guards a sample of the objects of each class, as {@link SlabCacheBuilder#guardedSampling}.
     *
     * @param oneIn mean number of allocations for each guarded one
     * @return this
     */
    public SlabAllocatorBuilder guardedSampling(long oneIn) {
        require(oneIn >= 1, "oneIn", oneIn, "1 or more");
        this.guardRate = Optional.of(new SamplingRate(oneIn));
        return this;
    }

    /**
     * Makes a keeper give memory back that was not used for so long, as {@link SlabCacheBuilder#trimAfter}.
     *
     * @param unused 1 ms or more
     * @return this
     */
    public SlabAllocatorBuilder trimAfter(Duration unused) {
        Objects.requireNonNull(unused, "unused");
        require(
                unused.compareTo(SHORTEST_TRIM) >= 0 && unused.compareTo(LONGEST_TRIM) <= 0,
                "trimAfter",
                unused,
                SHORTEST_TRIM + " to " + LONGEST_TRIM);
        this.trimAfter = Optional.of(unused);
        return this;
    }

    /**
     * Sets the keeper of the allocator; by default one daemon thread serves all caches and allocators.
     *
     * @param keeper driven by the program
     * @return this
     */
    public SlabAllocatorBuilder keeper(Keeper keeper) {
        this.keeper = Optional.of(Objects.requireNonNull(keeper, "keeper"));
        return this;
    }

    /**
     * Makes the allocator. It asks for no memory before the first allocation.
     *
     * @return an open allocator
     * @throws IllegalArgumentException if the arguments do not fit together
     */
    public SlabAllocator build() {
        require(
                checks == Checks.STANDARD || guardRate.isEmpty(),
                "checks",
                checks,
                Checks.STANDARD + ", or no guarded sampling");
        MemorySource limited = maxBytes == Long.MAX_VALUE
                ? memory
                : MemoryBudget.ofBytes(maxBytes).limit(memory);
        return new SlabAllocator(new AllocatorSettings(
                name, checks, policy, listener, debug, guardRate, limited, trimAfter, keeper.map(own -> own.queue)));
    }

    private static void require(boolean holds, String argument, Object given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(argument + " is " + given + "; expected " + expected);
        }
    }
}
