package io.slabcache;

import io.slabcache.SlabCacheStats.Figure;
import io.slabcache.internal.debug.Damage;
import io.slabcache.internal.debug.DebugCounts;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.debug.Survey;
import io.slabcache.internal.debug.Tally;
import io.slabcache.internal.magazine.Census;
import io.slabcache.internal.magazine.MagazineCounts;
import io.slabcache.internal.slab.SlabCounts;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.util.StackReserve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what the layers count, and walks them for a validation. Writes nothing. */
final class Inspection {
    private static final DebugCounts NO_COUNTS = new DebugCounts(0, 0, 0, 0);

    /** The Java heap of a cache without slabs and threads, with 4-byte references: about eighty objects. Measured. */
    private static final long CACHE_BYTES = 3_300;

    /** Counts in vain, among threads that move objects all the time, before the last one is taken as it is. */
    private static final int STEADY_ATTEMPTS = 16;

    private final Engine engine;

    Inspection(Engine engine) {
        this.engine = engine;
    }

    SlabCacheStats stats() {
        StackReserve.claimForFirstUse();
        SlabGeometry geometry = engine.supply.geometry();
        MagazineCounts magazines = engine.magazines.counts();
        SlabCounts slabs = engine.supply.counts();
        DebugCounts debug = engine.debugger == null ? NO_COUNTS : engine.debugger.counts();
        long heapBytes = CACHE_BYTES + magazines.heapBytes() + engine.scratches.heapBytes();
        if (engine.guard != null) {
            Engine guarded = engine.guard.guarded();
            slabs = slabs.plus(guarded.supply.counts());
            debug = guarded.debugger.counts();
            heapBytes += CACHE_BYTES + guarded.magazines.counts().heapBytes();
        }
        long inMagazines = magazines.cachedByThreads() + magazines.cachedInDepot();
        // A thread that was inside when the cache was closed may have left a size behind.
        long cached = engine.supply.isClosed() ? 0 : inMagazines + debug.quarantined();
        long live = Math.max(0, slabs.totalObjects() - slabs.freeObjects() - cached);
        long frees = magazines.frees() + slabs.singleFrees() + debug.frees();
        SlabCacheStats.Draft figures = new SlabCacheStats.Draft()
                .set(Figure.OBJECT_SIZE, geometry.objectSize())
                .set(Figure.STRIDE, geometry.stride())
                .set(Figure.LIVE_OBJECTS, live)
                .set(Figure.CACHED_OBJECTS, cached)
                .set(Figure.TOTAL_OBJECTS, slabs.totalObjects())
                .set(Figure.MAX_OBJECTS, engine.maxObjects())
                .set(Figure.SLABS, slabs.slabs())
                .set(Figure.RESERVED_BYTES, slabs.reservedBytes())
                .set(Figure.COMMITTED_BYTES, slabs.reservedBytes())
                .set(Figure.HEAP_BYTES, heapBytes + slabs.heapBytes() + debug.heapBytes())
                .set(Figure.ALLOCATIONS, frees + live)
                .set(Figure.FREES, frees)
                .set(Figure.REFILLS, slabs.refills())
                .set(Figure.FLUSHES, slabs.flushes())
                .set(Figure.DEPOT_GETS, magazines.depotGets())
                .set(Figure.DEPOT_PUTS, magazines.depotPuts())
                .set(
                        Figure.CONTENDED_LOCKS,
                        magazines.contendedLocks() + slabs.contendedLocks() + debug.contendedLocks())
                .set(Figure.EXHAUSTIONS, engine.exhaustions.sum())
                .set(Figure.MISUSES, engine.reports.count() + slabs.duplicates())
                .set(Figure.LEAKS, engine.leaks == null ? 0 : engine.leaks.count())
                .set(Figure.THREAD_CACHES, magazines.threadCaches())
                .set(Figure.MAGAZINE_CAPACITY, magazines.magazineCapacity())
                .set(Figure.UNREACHED_CACHES, engine.magazines.unreachedCaches())
                .set(Figure.UNREACHED_OBJECTS, engine.magazines.unreachedObjects());
        return new SlabCacheStats(engine.identity, figures);
    }

    /**
     * Whether objects are live, asked while no call can begin to allocate. Counts again as long as objects are still being
     * moved: one that moves from where it was counted to where it is counted next hides one that is live.
     */
    boolean isAnyLive() {
        while (true) {
            Moves before = moves();
            boolean isAnyLive = stats().liveObjects() > 0;
            if (before.equals(moves())) {
                return isAnyLive;
            }
            Thread.onSpinWait();
        }
    }

    /** Statistics between whose figures no object moved, if that is to be had while other threads go on. */
    SlabCacheStats steadyStats() {
        SlabCacheStats stats;
        Moves before;
        int attempts = 0;
        do {
            before = moves();
            stats = stats();
        } while (!before.equals(moves()) && ++attempts < STEADY_ATTEMPTS);
        return stats;
    }

    private Moves moves() {
        MagazineCounts magazines = engine.magazines.counts();
        SlabCounts slabs = engine.supply.counts();
        return new Moves(
                magazines.depotGets(), magazines.depotPuts(), slabs.refills(), slabs.flushes(), slabs.freeObjects());
    }

    /** What changes when objects move between threads, depot and slabs. */
    private record Moves(long gets, long puts, long refills, long flushes, long free) {}

    CacheValidation validate() {
        StackReserve.claimForFirstUse();
        CacheValidation own = validateOwn();
        return engine.guard == null
                ? own
                : own.plus(engine.guard.guarded().inspection.validate());
    }

    private CacheValidation validateOwn() {
        Census census = census();
        if (engine.debugger == null) {
            return new CacheValidation(census.live(), census.cached(), census.free(), census.findings());
        }
        Survey survey = engine.debugger.survey();
        List<String> findings = new ArrayList<>(census.findings());
        survey.damages().stream().map(Damage::text).forEach(findings::add);
        return new CacheValidation(survey.live(), survey.quarantined(), census.free(), List.copyOf(findings));
    }

    LiveObjectsException liveObjects() {
        StackReserve.claimForFirstUse();
        if (engine.debugger != null) {
            List<Sample> samples = engine.debugger.liveSamples();
            long live = Math.max(stats().liveObjects(), samples.size());
            return new LiveObjectsException(engine.identity, live, samples, traces(true));
        }
        Census census = census();
        long guarded = engine.guard == null ? 0 : engine.guard.guarded().liveObjects();
        return new LiveObjectsException(engine.identity, census.live() + guarded, samples(census), traces(true));
    }

    /** Those come first of which it is known where they were allocated. */
    private List<Sample> samples(Census census) {
        Map<Long, Sample> samples = new LinkedHashMap<>();
        if (engine.guard != null) {
            engine.guard.guarded().debugger.liveSamples().forEach(sample -> samples.put(sample.address(), sample));
        }
        if (engine.leaks != null) {
            engine.leaks.live().forEach(sample -> samples.put(sample.address(), sample));
        }
        for (long address : census.liveSamples()) {
            samples.putIfAbsent(address, new Sample(address, null));
        }
        return samples.values().stream()
                .limit(LiveObjectsException.MOST_SAMPLES)
                .toList();
    }

    /** Of all objects of a tracked cache, or of those live ones that are watched. */
    List<ObjectTrace> traces(boolean live) {
        StackReserve.claimForFirstUse();
        List<Tally> tallies = List.of();
        if (engine.debugger != null) {
            tallies = engine.debugger.tallies(live);
        } else if (engine.leaks != null && live) {
            tallies = engine.leaks.tallies();
        }
        return tallies.stream()
                .map(tally -> ObjectTrace.of(tally, engine.objectSize()))
                .toList();
    }

    private Census census() {
        return Census.of(engine.supply, engine.magazines, engine.checked);
    }
}
