package io.slabcache.diagnostics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a cache holds and has done, at one moment. Exact when no thread is inside the cache; otherwise each figure is
 * recent, and none is torn or negative.
 *
 * <pre>{@code
 * SlabCacheStats stats = cache.stats();
 * log.info("{} of {} live", stats.liveObjects(), stats.maxObjects());
 * }</pre>
 *
 * <p>{@code allocations == frees + liveObjects}, and {@code totalObjects} is the sum of {@code liveObjects}, {@code
 * cachedObjects} and the objects free in slabs.
 *
 * <p>Immutable, for any thread. Later versions may add figures.
 */
public final class SlabCacheStats {
    /** All figures, in the order of the table. */
    public enum Figure {
        /** {@link SlabCacheStats#objectSize} */
        OBJECT_SIZE,
        /** {@link SlabCacheStats#stride} */
        STRIDE,
        /** {@link SlabCacheStats#liveObjects} */
        LIVE_OBJECTS,
        /** {@link SlabCacheStats#cachedObjects} */
        CACHED_OBJECTS,
        /** {@link SlabCacheStats#totalObjects} */
        TOTAL_OBJECTS,
        /** {@link SlabCacheStats#maxObjects} */
        MAX_OBJECTS,
        /** {@link SlabCacheStats#slabs} */
        SLABS,
        /** {@link SlabCacheStats#reservedBytes} */
        RESERVED_BYTES,
        /** {@link SlabCacheStats#budgetLimitBytes} */
        BUDGET_LIMIT_BYTES,
        /** {@link SlabCacheStats#budgetUsedBytes} */
        BUDGET_USED_BYTES,
        /** {@link SlabCacheStats#heapBytes} */
        HEAP_BYTES,
        /** {@link SlabCacheStats#allocations} */
        ALLOCATIONS,
        /** {@link SlabCacheStats#frees} */
        FREES,
        /** {@link SlabCacheStats#refills} */
        REFILLS,
        /** {@link SlabCacheStats#flushes} */
        FLUSHES,
        /** {@link SlabCacheStats#depotGets} */
        DEPOT_GETS,
        /** {@link SlabCacheStats#depotPuts} */
        DEPOT_PUTS,
        /** {@link SlabCacheStats#contendedLocks} */
        CONTENDED_LOCKS,
        /** {@link SlabCacheStats#exhaustions} */
        EXHAUSTIONS,
        /** {@link SlabCacheStats#misuses} */
        MISUSES,
        /** {@link SlabCacheStats#leaks} */
        LEAKS,
        /** {@link SlabCacheStats#threadCaches} */
        THREAD_CACHES,
        /** {@link SlabCacheStats#magazineCapacity} */
        MAGAZINE_CAPACITY,
        /** {@link SlabCacheStats#unreachedCaches} */
        UNREACHED_CACHES,
        /** {@link SlabCacheStats#unreachedObjects} */
        UNREACHED_OBJECTS,
        /** {@link SlabCacheStats#growthStalls} */
        GROWTH_STALLS,
        /** {@link SlabCacheStats#longestGrowthStall} */
        LONGEST_GROWTH_STALL;

        private final String label;

        Figure() {
            StringBuilder camelCase = new StringBuilder();
            for (String word : name().split("_")) {
                String rest = word.substring(1).toLowerCase(Locale.ROOT);
                camelCase.append(word.charAt(0)).append(rest);
            }
            camelCase.setCharAt(0, Character.toLowerCase(camelCase.charAt(0)));
            label = camelCase.toString();
        }

        /** {@return the name of the accessor, such as {@code liveObjects}} */
        public String label() {
            return label;
        }
    }

    private static final Latency NO_LATENCY = new Latency(new long[Latency.BUCKETS], 0, 0);

    private static final String LATENCY_ROW = "%n  %-14s%12s%12s%12s%13s";

    private final String name;
    private final long id;
    private final EnumMap<Figure, Long> figures = new EnumMap<>(Figure.class);
    private final EnumMap<SlowStep, Latency> latencies = new EnumMap<>(SlowStep.class);

    /**
     * Creates a snapshot.
     *
     * @param name of the cache
     * @param id number of the cache
     * @param figures the counted ones; all others are 0
     */
    public SlabCacheStats(String name, long id, Map<Figure, Long> figures) {
        this(name, id, figures, Map.of());
    }

    /**
     * Creates a snapshot with latencies.
     *
     * @param name of the cache
     * @param id number of the cache
     * @param figures the counted ones; all others are 0
     * @param latencies of the steps that were taken
     */
    public SlabCacheStats(String name, long id, Map<Figure, Long> figures, Map<SlowStep, Latency> latencies) {
        this.name = Objects.requireNonNull(name, "name");
        this.id = id;
        this.figures.putAll(figures);
        this.latencies.putAll(latencies);
    }

    /** {@return the name of the cache} */
    public String name() {
        return name;
    }

    /** {@return the number of the cache, unique in this JVM: see {@link io.slabcache.SlabCache#id()}} */
    public long id() {
        return id;
    }

    /** {@return the bytes of each object} */
    public long objectSize() {
        return get(Figure.OBJECT_SIZE);
    }

    /** {@return the bytes from the start of one object to the start of the next} */
    public long stride() {
        return get(Figure.STRIDE);
    }

    /** {@return the objects that were handed out and not yet freed} */
    public long liveObjects() {
        return get(Figure.LIVE_OBJECTS);
    }

    /** {@return the free objects in magazines of threads or of the depot, or in the quarantine of a debugged cache} */
    public long cachedObjects() {
        return get(Figure.CACHED_OBJECTS);
    }

    /** {@return the objects of all slabs} */
    public long totalObjects() {
        return get(Figure.TOTAL_OBJECTS);
    }

    /** {@return the bound on live objects, or {@link Long#MAX_VALUE} if there is none} */
    public long maxObjects() {
        return get(Figure.MAX_OBJECTS);
    }

    /** {@return the number of slabs} */
    public int slabs() {
        return (int) get(Figure.SLABS);
    }

    /**
     * {@return the off-heap bytes of the slabs' regions with the cost of their alignment, and of regions that could not
     * be returned yet} What the C library adds to each allocation is left out: 16 bytes, or up to a page for a large
     * one.
     */
    public long reservedBytes() {
        return get(Figure.RESERVED_BYTES);
    }

    /** {@return the limit of the shared memory budget that has the least left; {@link Long#MAX_VALUE} without one} */
    public long budgetLimitBytes() {
        return get(Figure.BUDGET_LIMIT_BYTES);
    }

    /** {@return the bytes that all caches use together of that budget; 0 without one} */
    public long budgetUsedBytes() {
        return get(Figure.BUDGET_USED_BYTES);
    }

    /**
     * {@return an estimate of the Java heap that the cache takes, in bytes: the cache itself, its slabs with the
     * regions of the default source, segments, generations, the magazines of all threads, and the records of a debugged
     * cache}
     *
     * <p>With 4-byte references (a heap below 32 GB) it is within 15 % of a measured heap. It leaves out what threads
     * keep of a closed cache, the regions of other sources, and the search for leaks.
     */
    public long heapBytes() {
        return get(Figure.HEAP_BYTES);
    }

    /** {@return the objects handed out so far} */
    public long allocations() {
        return get(Figure.ALLOCATIONS);
    }

    /** {@return the objects taken back so far} */
    public long frees() {
        return get(Figure.FREES);
    }

    /** {@return the number of moves of many objects from the slab lists to a magazine} */
    public long refills() {
        return get(Figure.REFILLS);
    }

    /** {@return the number of moves of many objects from a magazine to the slab lists} */
    public long flushes() {
        return get(Figure.FLUSHES);
    }

    /** {@return the number of full magazines that threads got from the depot} */
    public long depotGets() {
        return get(Figure.DEPOT_GETS);
    }

    /** {@return the number of full magazines that threads gave to the depot} */
    public long depotPuts() {
        return get(Figure.DEPOT_PUTS);
    }

    /** {@return how often a thread waited for the lock of the depot or of the slab lists} */
    public long contendedLocks() {
        return get(Figure.CONTENDED_LOCKS);
    }

    /** {@return the number of allocations refused at the bound} */
    public long exhaustions() {
        return get(Figure.EXHAUSTIONS);
    }

    /**
     * {@return the number of calls refused because they broke the contract, and of damaged objects found in a debugged
     * cache}
     */
    public long misuses() {
        return get(Figure.MISUSES);
    }

    /** {@return the number of leaked objects found with {@code -Dslabcache.leaks=}} */
    public long leaks() {
        return get(Figure.LEAKS);
    }

    /** {@return the number of threads, and of stripes of virtual threads, that have magazines} */
    public int threadCaches() {
        return (int) get(Figure.THREAD_CACHES);
    }

    /**
     * {@return the number of objects in a magazine of a busy thread: the builder's setting, or else the adapted
     * default; fewer in a bounded cache with many threads}
     */
    public int magazineCapacity() {
        return (int) get(Figure.MAGAZINE_CAPACITY);
    }

    /**
     * {@return the number of threads that the last {@link io.slabcache.SlabCache#shrink} could not reach: idle since
     * the call before it, but not waiting}
     */
    public int unreachedCaches() {
        return (int) get(Figure.UNREACHED_CACHES);
    }

    /** {@return the objects that those threads had cached} */
    public long unreachedObjects() {
        return get(Figure.UNREACHED_OBJECTS);
    }

    /** {@return how often a thread that needed an object waited for a new slab} */
    public long growthStalls() {
        return get(Figure.GROWTH_STALLS);
    }

    /** {@return the longest of these waits in nanoseconds} */
    public long longestGrowthStall() {
        return get(Figure.LONGEST_GROWTH_STALL);
    }

    /**
     * Returns one of the figures, for code that shows all of them.
     *
     * @param figure which one
     * @return the value of its accessor
     */
    public long get(Figure figure) {
        return figures.getOrDefault(figure, 0L);
    }

    /**
     * Returns how long a slow step took so far. Allocations and frees that need none are not timed.
     *
     * @param step which one
     * @return its histogram; empty if the step was not taken
     */
    public Latency latency(SlowStep step) {
        Latency latency = latencies.get(step);
        return latency != null ? latency : NO_LATENCY;
    }

    /**
     * Returns the figures in JSON: {@code name}, {@code id}, each figure under the name of its accessor, and {@code
     * latencies} with {@code count}, {@code total}, {@code p50}, {@code p99}, {@code p999} and {@code longest}, in
     * nanoseconds, of each slow step that was taken.
     *
     * @return one line of ASCII; a missing bound is {@code null}
     */
    public String toJson() {
        JsonText json = new JsonText().add("name", name).add("id", id);
        for (Figure figure : Figure.values()) {
            if (isBound(figure)) {
                json.addBound(figure.label, get(figure));
            } else {
                json.add(figure.label, get(figure));
            }
        }
        JsonText steps = new JsonText();
        latencies.forEach((step, latency) -> steps.add(
                step.label(),
                new JsonText()
                        .add("count", latency.count())
                        .add("total", latency.total())
                        .add("p50", latency.percentile(50))
                        .add("p99", latency.percentile(99))
                        .add("p999", latency.percentile(99.9))
                        .add("longest", latency.longest())));
        return json.add("latencies", steps).toString();
    }

    private static boolean isBound(Figure figure) {
        return figure == Figure.MAX_OBJECTS || figure == Figure.BUDGET_LIMIT_BYTES;
    }

    /**
     * Returns the figures as a table for logs.
     *
     * @return the cache on the first line, then one line for each figure, with the name of its accessor, and at last a
     *     heading and one line for each slow step that was taken
     */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("cache '" + name + "' (#" + id + ")");
        for (Figure figure : Figure.values()) {
            long value = get(figure);
            boolean isUnbounded = isBound(figure) && value == Long.MAX_VALUE;
            table.append(String.format(
                    Locale.ROOT, "%n  %-18s%20s", figure.label, isUnbounded ? "unbounded" : Long.toString(value)));
        }
        appendLatencies(table);
        return table.toString();
    }

    private void appendLatencies(StringBuilder table) {
        if (latencies.isEmpty()) {
            return;
        }
        table.append(String.format(Locale.ROOT, LATENCY_ROW, "latency in ns", "count", "p50", "p99", "longest"));
        latencies.forEach((step, latency) -> table.append(String.format(
                Locale.ROOT,
                LATENCY_ROW,
                step.label(),
                latency.count(),
                latency.percentile(50),
                latency.percentile(99),
                latency.longest())));
    }
}
