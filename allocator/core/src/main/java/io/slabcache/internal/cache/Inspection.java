package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlabCacheStats.Figure;
import io.slabcache.internal.debug.Damage;
import io.slabcache.internal.debug.DebugCounts;
import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.Description;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.Survey;
import io.slabcache.internal.debug.Traces;
import io.slabcache.internal.magazine.Census;
import io.slabcache.internal.magazine.MagazineCounts;
import io.slabcache.internal.magazine.Transfers;
import io.slabcache.internal.slab.GrowthStalls;
import io.slabcache.internal.slab.SlabCounts;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.util.StackReserve;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Combines the counts of the layers, and walks them for a validation. Changes nothing. */
public final class Inspection {
    private static final DebugCounts NO_COUNTS = new DebugCounts(0, 0, 0, 0);

    /**
     * The Java heap of a cache without slabs and threads, in bytes, with 4-byte references: about ninety objects.
     * Measured.
     */
    private static final long CACHE_BYTES = 5_100;

    /** The number of live objects that a refused close lists. */
    private static final int MOST_SAMPLES = 8;

    /** Attempts at a consistent count before the last one is used as it is. */
    private static final int STEADY_ATTEMPTS = 16;

    /** Walks through all objects before the last one is used as it is. */
    private static final int WALKS = 4;

    private final CacheCore core;
    private final Reports reports;
    private final Leaks leaks;

    /** Empty unless the cache is debugged. */
    private final Optional<DebugLayer> debug;

    /** Empty unless the cache has guarded objects. */
    private final Optional<Inspection> guarded;

    Inspection(CacheCore core, Reports reports, Leaks leaks, Optional<DebugLayer> debug, Optional<Inspection> guarded) {
        this.core = core;
        this.reports = reports;
        this.leaks = leaks;
        this.debug = debug;
        this.guarded = guarded;
    }

    /**
     * Returns what the cache holds and has done. Counts again only if objects of other threads were on their way to the
     * slabs, so that a keeper or a shrink makes no object seem live. What a thread moves in a call of its own may still
     * seem so.
     */
    public SlabCacheStats stats() {
        StackReserve.claimForFirstUse();
        Transfers transfers = core.magazines.transfers();
        for (int attempt = 1; ; attempt++) {
            long before = transfers.awaited();
            SlabCacheStats stats = countOnce();
            if (attempt == STEADY_ATTEMPTS || transfers.noneSince(before)) {
                return stats;
            }
        }
    }

    /** Whatever moves meanwhile. */
    SlabCacheStats countOnce() {
        SlabGeometry geometry = core.supply.geometry();
        MagazineCounts magazines = core.magazines.counts();
        SlabCounts slabs = core.supply.counts();
        DebugCounts debug = debugCounts();
        long heapBytes = CACHE_BYTES + magazines.heapBytes() + core.scratches.heapBytes();
        if (guarded.isPresent()) {
            Inspection other = guarded.get();
            slabs = slabs.plus(other.core.supply.counts());
            debug = other.debugCounts();
            heapBytes += CACHE_BYTES + other.core.magazines.counts().heapBytes();
        }
        long inMagazines = magazines.cachedByThreads() + magazines.cachedInDepot();
        // A thread that was inside during the close may have left a magazine size behind.
        long cached = core.supply.isClosed() ? 0 : inMagazines + debug.quarantined();
        long live = Math.max(0, slabs.totalObjects() - slabs.freeObjects() - cached);
        long frees = magazines.frees() + slabs.singleFrees() + debug.frees();
        Map<Figure, Long> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.OBJECT_SIZE, geometry.objectSize());
        figures.put(Figure.STRIDE, geometry.stride());
        figures.put(Figure.LIVE_OBJECTS, live);
        figures.put(Figure.CACHED_OBJECTS, cached);
        figures.put(Figure.TOTAL_OBJECTS, slabs.totalObjects());
        figures.put(Figure.MAX_OBJECTS, maxObjects());
        figures.put(Figure.SLABS, (long) slabs.slabs());
        figures.put(Figure.RESERVED_BYTES, slabs.reservedBytes());
        figures.put(Figure.BUDGET_LIMIT_BYTES, core.budgets.limitBytes());
        figures.put(Figure.BUDGET_USED_BYTES, core.budgets.usedBytes());
        figures.put(Figure.HEAP_BYTES, heapBytes + slabs.heapBytes() + debug.heapBytes());
        figures.put(Figure.ALLOCATIONS, frees + live);
        figures.put(Figure.FREES, frees);
        figures.put(Figure.REFILLS, slabs.refills());
        figures.put(Figure.FLUSHES, slabs.flushes());
        figures.put(Figure.DEPOT_GETS, magazines.depotGets());
        figures.put(Figure.DEPOT_PUTS, magazines.depotPuts());
        figures.put(
                Figure.CONTENDED_LOCKS, magazines.contendedLocks() + slabs.contendedLocks() + debug.contendedLocks());
        figures.put(Figure.EXHAUSTIONS, core.exhaustions.sum());
        figures.put(Figure.MISUSES, reports.count() + slabs.duplicates());
        figures.put(Figure.LEAKS, leaks.count());
        figures.put(Figure.THREAD_CACHES, (long) magazines.threadCaches());
        figures.put(Figure.MAGAZINE_CAPACITY, (long) magazines.magazineCapacity());
        figures.put(Figure.UNREACHED_CACHES, (long) core.magazines.unreachedCaches());
        figures.put(Figure.UNREACHED_OBJECTS, core.magazines.unreachedObjects());
        GrowthStalls stalls = core.supply.grower().stalls();
        figures.put(Figure.GROWTH_STALLS, stalls.count());
        figures.put(Figure.LONGEST_GROWTH_STALL, stalls.longestNanos());
        return new SlabCacheStats(
                core.identity.name(),
                core.identity.id(),
                figures,
                core.supply.latencies().snapshot());
    }

    private DebugCounts debugCounts() {
        return debug.map(DebugLayer::counts).orElse(NO_COUNTS);
    }

    /** The bound on all objects, guarded and ordinary. */
    private long maxObjects() {
        long bound = core.maxObjects();
        return bound == Long.MAX_VALUE || guarded.isEmpty()
                ? bound
                : bound + guarded.get().maxObjects();
    }

    /**
     * Returns whether objects are live, while no call can begin to allocate. Counts again until no object moves during
     * the count: an object that moves to a place that is counted later would be counted twice and hide a live one.
     */
    boolean isAnyLive() {
        while (true) {
            SlabCacheStats stats = countSteadily();
            if (stats != null) {
                return stats.liveObjects() > 0;
            }
        }
    }

    /** Whether objects were certainly live at one moment. False if other threads move objects all the time. */
    public boolean isAnySurelyLive() {
        StackReserve.claimForFirstUse();
        SlabCacheStats stats = countSteadily();
        return stats != null && stats.liveObjects() > 0;
    }

    /** Statistics without moves of objects during the count, if other threads allow that. */
    SlabCacheStats steadyStats() {
        SlabCacheStats stats = countSteadily();
        return stats != null ? stats : stats();
    }

    /** Null if objects moved during each of several counts. */
    private @Nullable SlabCacheStats countSteadily() {
        for (int attempt = 0; attempt < STEADY_ATTEMPTS; attempt++) {
            Moves before = Moves.of(core);
            SlabCacheStats stats = countOnce();
            if (before.areAll(Moves.of(core))) {
                return stats;
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /** {@return the inconsistencies in the cache and among its guarded objects} */
    public CacheValidation validate() {
        StackReserve.claimForFirstUse();
        CacheValidation own = debug.isPresent() ? surveyed(debug.get()) : counted();
        return guarded.isPresent() ? sum(own, guarded.get().validate()) : own;
    }

    private static CacheValidation sum(CacheValidation one, CacheValidation other) {
        List<String> findings = new ArrayList<>(one.findings());
        findings.addAll(other.findings());
        return new CacheValidation(
                one.liveObjects() + other.liveObjects(),
                one.cachedObjects() + other.cachedObjects(),
                one.freeObjects() + other.freeObjects(),
                List.copyOf(findings));
    }

    private CacheValidation counted() {
        Census census = census();
        return new CacheValidation(census.live(), census.cached(), census.free(), census.findings());
    }

    private CacheValidation surveyed(DebugLayer layer) {
        Census census = census();
        Survey survey = layer.survey(core.supply.slabs());
        List<String> findings = new ArrayList<>(census.findings());
        survey.damages().stream().map(Damage::text).forEach(findings::add);
        return new CacheValidation(survey.live(), survey.quarantined(), census.free(), List.copyOf(findings));
    }

    /** The exception for a refused close; its count may be 0 if the last object was freed meanwhile. */
    public LiveObjectsException liveObjects() {
        StackReserve.claimForFirstUse();
        if (debug.isPresent()) {
            List<Sample> samples = liveSamples();
            return liveObjects(Math.max(stats().liveObjects(), samples.size()), samples);
        }
        Census census = census();
        long live = census.live()
                + guarded.map(other -> other.stats().liveObjects()).orElse(0L);
        return liveObjects(live, samples(census));
    }

    private LiveObjectsException liveObjects(long live, List<Sample> samples) {
        StringBuilder details = new StringBuilder();
        for (Sample sample : samples) {
            if (sample.track() != null) {
                details.append("\n0x")
                        .append(Long.toHexString(sample.address()))
                        .append(":");
                Description.appendTracks(details, sample.track(), null);
            }
        }
        long[] addresses = samples.stream().mapToLong(Sample::address).toArray();
        return new LiveObjectsException(core.toString(), live, addresses, traces(true), details.toString());
    }

    private List<Sample> liveSamples() {
        return debug.map(layer -> layer.samples(core.supply.slabs(), true, MOST_SAMPLES))
                .orElse(List.of());
    }

    /** Samples, first those whose allocation is known. */
    private List<Sample> samples(Census census) {
        Map<Long, Sample> samples = new LinkedHashMap<>();
        guarded.ifPresent(other -> other.liveSamples().forEach(sample -> samples.put(sample.address(), sample)));
        leaks.live().forEach(sample -> samples.put(sample.address(), sample));
        for (long address : census.liveSamples()) {
            samples.putIfAbsent(address, new Sample(address, null));
        }
        return samples.values().stream().limit(MOST_SAMPLES).toList();
    }

    /**
     * {@return where the objects of a tracked cache were allocated or freed, or else where watched live objects were
     * allocated}
     */
    public List<ObjectTrace> traces(boolean live) {
        StackReserve.claimForFirstUse();
        return debug.isEmpty() && live ? leaks.traces() : tracked(live);
    }

    /** {@return where the objects of a tracked cache were allocated or freed} */
    List<ObjectTrace> tracked(boolean live) {
        return debug.map(layer -> Traces.of(
                        layer.samples(core.supply.slabs(), live, Long.MAX_VALUE), layer.now(), core.objectSize()))
                .orElse(List.of());
    }

    /** Walks again if objects were on their way to the slabs: those would seem live, and not marked so. */
    private Census census() {
        Transfers transfers = core.magazines.transfers();
        for (int walk = 1; ; walk++) {
            long before = transfers.awaited();
            Census census = Census.of(core.supply, core.magazines, core.isChecked());
            if (walk == WALKS || transfers.noneSince(before)) {
                return census;
            }
        }
    }
}
