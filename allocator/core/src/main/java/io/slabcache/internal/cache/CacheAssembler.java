package io.slabcache.internal.cache;

import io.slabcache.diagnostics.Checks;
import io.slabcache.internal.config.CacheSettings;
import io.slabcache.internal.config.DebugPlan;
import io.slabcache.internal.config.GuardPlan;
import io.slabcache.internal.config.JmxProperty;
import io.slabcache.internal.config.LeakPlan;
import io.slabcache.internal.config.ProcessBudget;
import io.slabcache.internal.config.Property;
import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.DebugOptions;
import io.slabcache.internal.debug.FaultInjector;
import io.slabcache.internal.jfr.FlightRecording;
import io.slabcache.internal.jmx.CacheBeans;
import io.slabcache.internal.keeper.KeeperQueue;
import io.slabcache.internal.keeper.KeeperThread;
import io.slabcache.internal.leaks.LeakWatches;
import io.slabcache.internal.leaks.LiveByte;
import io.slabcache.internal.magazine.MagazineLayer;
import io.slabcache.internal.registry.Abandonment;
import io.slabcache.internal.registry.CacheIdentity;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Log;
import io.slabcache.memory.MemorySource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Builds the parts of a cache and gives each only what it uses; then registers the cache. */
public final class CacheAssembler {
    private final CacheSettings settings;
    private final CacheIdentity identity;
    private final Optional<Construction> construction;
    private final Reports reports;
    private final MemorySource memory;
    private final Optional<SizeRange> range;

    /** Empty until the core exists, and if no keeper works for the cache. */
    private Optional<Keeping> keeping = Optional.empty();

    private CacheAssembler(CacheSettings settings, Optional<SizeRange> range) {
        this.settings = settings;
        this.range = range;
        this.identity = CacheIdentity.next(settings.name());
        this.construction = settings.constructor().map(Construction::new);
        this.reports = new Reports(settings.policy(), settings.listener());
        this.memory = ProcessBudget.limit(settings.memory());
    }

    /**
     * Builds a cache without memory.
     *
     * @param settings of the user
     * @return its parts
     * @throws IllegalArgumentException if the settings do not fit together
     */
    public static CacheParts assemble(CacheSettings settings) {
        return assemble(settings, Optional.empty());
    }

    /**
     * Builds a cache without memory, perhaps as one size class of an allocator.
     *
     * @param settings of the user
     * @param range of sizes, if it is one
     * @return its parts
     */
    public static CacheParts assemble(CacheSettings settings, Optional<SizeRange> range) {
        FirstUse.prepare();
        FlightRecording.prepare();
        if (JmxProperty.isOn()) {
            CacheBeans.register();
        }
        Property.complainAboutUnknown();
        DebugPlan debugging = DebugPlan.of(settings);
        boolean mayGuard = debugging.isEmpty() && !settings.isReservedWhole();
        Optional<GuardPlan> guarding = mayGuard ? GuardPlan.of(settings) : Optional.empty();
        CacheAssembler assembler = new CacheAssembler(settings, range);
        CacheParts parts = debugging.isEmpty() ? assembler.plain(guarding) : assembler.debugged(debugging);
        if (settings.reserved() > 0) {
            reserve(parts, settings.reserved());
        }
        parts.findOneRegion();
        // Last, so that the keeper takes nothing of what is to be reserved.
        assembler.keeping.ifPresent(Keeping::start);
        return parts;
    }

    private static void reserve(CacheParts parts, long objects) {
        try {
            parts.reserve(objects);
        } catch (Throwable e) {
            // The caller gets no cache that it could close.
            closeAfter(e, parts);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, CacheParts parts) {
        try {
            parts.closing.closeNow();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private CacheParts plain(Optional<GuardPlan> wished) {
        long bound = settings.maxObjects();
        SlabSupply unguarded = supply(bound);
        // Guarded objects lie elsewhere, so they would have no numbers.
        Optional<GuardPlan> guarding = wished.filter(plan -> !unguarded.space().isReserved());
        SlabSupply supply = guarding.map(plan -> supply(plan.rest(bound))).orElse(unguarded);
        Mode mode = settings.checks() == Checks.STANDARD ? Mode.CHECKED : Mode.UNCHECKED;
        CacheCore core = core(mode, supply, settings.lockless() ? settings.magazineCapacity() : 0);
        Leaks leaks = leaks(core);
        Misuse misuse = new Misuse(core, reports, ObjectHistory.UNKNOWN);
        OrdinaryPath ordinary = new OrdinaryPath(core, misuse);
        if (guarding.isEmpty()) {
            Inspection inspection = new Inspection(core, reports, leaks, Optional.empty(), Optional.empty());
            return parts(core, ordinary, leaks, misuse, inspection, List.of(), supply.reservedBytes());
        }
        Guarded guarded = guarded(core, guarding.get());
        GuardedPath slow = new GuardedPath(core, ordinary, guarded.guard, misuse);
        Inspection inspection = new Inspection(core, reports, leaks, Optional.empty(), Optional.of(guarded.inspection));
        return parts(
                core,
                slow,
                leaks,
                misuse,
                inspection,
                List.of(guarded.closing::closeNow),
                supply.reservedBytes(),
                guarded.core.supply.reservedBytes());
    }

    /** A supply without slabs. The source may reserve addresses for it. */
    private SlabSupply supply(long bound) {
        SlabGeometry geometry = geometry(bound, 0);
        Budgets.require(identity, geometry, settings.memory());
        return new SlabSupply(geometry, memory, slab -> {}, construction, range.map(SizeRange::directory));
    }

    /** The guarded objects: a small debugged cache beside this one, with the same name and the same reports. */
    private Guarded guarded(CacheCore of, GuardPlan plan) {
        DebugPlan debugging = DebugPlan.ofGuarded(construction.isPresent());
        DebugOptions options = new DebugOptions(false, true, construction.isEmpty(), true, true);
        SlabGeometry all = plan.geometry();
        SlabGeometry geometry = range.map(sizes -> all.ofClass(sizes.number())).orElse(all);
        Debugged debugged = debugged(geometry, options, debugging, Optional.empty());
        Closing closing =
                new Closing(debugged.core, debugged.inspection, debugged.leaks, List.of(debugged.layer::close));
        Guard guard = new Guard(of, debugged.core, debugged.path, debugged.misuse, plan.rate());
        return new Guarded(debugged.core, guard, debugged.inspection, closing);
    }

    private record Guarded(CacheCore core, Guard guard, Inspection inspection, Closing closing) {}

    /** Redzones do not lower the bound, because the user's limit does not count them. */
    private CacheParts debugged(DebugPlan plan) {
        DebugOptions options = plan.options(settings);
        SlabGeometry geometry = geometry(settings.maxObjects(), options.gap());
        Budgets.require(identity, geometry, settings.memory());
        Debugged debugged = debugged(geometry, options, plan, leakSearch());
        plan.announce(debugged.core.toString());
        return parts(
                debugged.core,
                debugged.path,
                debugged.leaks,
                debugged.misuse,
                debugged.inspection,
                List.of(debugged.layer::close),
                debugged.core.supply.reservedBytes());
    }

    private SlabGeometry geometry(long bound, long gap) {
        SlabGeometry all = new SlabGeometry(
                settings.objectSize(), settings.alignment(), settings.slabBytes(), bound, gap, settings.coloured());
        SlabGeometry geometry = range.map(
                        sizes -> all.handles(false).ofClass(sizes.number()).startingWith(sizes.firstSlab()))
                .orElseGet(() -> all.handles(settings.keepsHandles()));
        SlabGeometry helped = settings.ahead() > 0 || isHelpedByDefault() ? geometry : geometry.withoutKeeper();
        return settings.isReservedWhole() ? helped.whole() : helped;
    }

    /** The parts that have to do with the debug layer. */
    private Debugged debugged(SlabGeometry geometry, DebugOptions options, DebugPlan plan, Optional<LeakPlan> search) {
        DebugLayer layer = new DebugLayer(geometry, options, InstantSource.system());
        SlabSupply supply =
                new SlabSupply(geometry, memory, layer::prepare, construction, range.map(SizeRange::directory));
        CacheCore core = core(Mode.DEBUGGED, supply, 0);
        Leaks leaks = leaks(core, search, new DebugLiveness(layer));
        Misuse misuse = new Misuse(core, reports, new DebugHistory(layer));
        DebuggedPath path = new DebuggedPath(
                core,
                layer,
                new DebugLog(core, plan.isTraced()),
                plan.faults().map(FaultInjector::new),
                new DamageReports(core, reports),
                misuse,
                leaks);
        supply.departures().watch(path::lastLook);
        Inspection inspection = new Inspection(core, reports, leaks, Optional.of(layer), Optional.empty());
        return new Debugged(core, layer, path, leaks, misuse, inspection);
    }

    private record Debugged(
            CacheCore core, DebugLayer layer, DebuggedPath path, Leaks leaks, Misuse misuse, Inspection inspection) {}

    private CacheCore core(Mode mode, SlabSupply supply, int magazineCapacity) {
        MagazineLayer magazines = new MagazineLayer(supply, magazineCapacity, mode == Mode.UNCHECKED);
        return new CacheCore(
                identity, mode, magazineCapacity != 0, supply, magazines, Budgets.of(memory), construction);
    }

    private Leaks leaks(CacheCore core) {
        Optional<LeakPlan> search = leakSearch();
        if (search.isPresent() && !core.isChecked()) {
            Log.once(Property.LEAKS.key() + ": nothing looks for leaks in cache '" + identity.name()
                    + "', which has Checks.NONE and so does not know which objects were freed");
            search = Optional.empty();
        }
        return leaks(core, search, LiveByte.ofWatched());
    }

    private Leaks leaks(CacheCore core, Optional<LeakPlan> search, LeakWatches.Liveness liveness) {
        return search.map(plan -> Leaks.watching(core, reports, plan, liveness))
                .orElseGet(() -> Leaks.unwatched(core, reports));
    }

    private static Optional<LeakPlan> leakSearch() {
        return Optional.ofNullable(LeakPlan.byProperty());
    }

    private CacheParts parts(
            CacheCore core,
            SlowPath slow,
            Leaks leaks,
            Misuse misuse,
            Inspection inspection,
            List<Runnable> endings,
            LongSupplier... reservedBytes) {
        Exhaustion exhaustion = new Exhaustion(core, inspection, slow);
        Sampling sampling = new Sampling(core);
        AllocationPath allocation = new AllocationPath(core, slow, leaks, sampling, exhaustion, settings.lockless());
        LongSupplier bytes = () -> sum(reservedBytes);
        List<Runnable> allEndings = new ArrayList<>(endings);
        allEndings.addAll(core.budgets.join(identity, new Reclaiming(core, slow), bytes));
        allEndings.add(sampling::close);
        allEndings.add(() -> CacheRegistry.remove(core.identity.id()));
        keeping = keeping(core);
        keeping.ifPresent(kept -> allEndings.add(kept::end));
        FreePath freeing = new FreePath(core, slow);
        BulkCalls bulk = new BulkCalls(core, allocation, slow, leaks);
        CacheParts parts = new CacheParts(
                core,
                allocation,
                freeing,
                range.map(sizes -> new SizedPath(core, sizes, allocation, slow, leaks, bulk, misuse, exhaustion))
                        .orElse(null),
                slow,
                bulk,
                new Upkeep(core, slow, leaks, inspection),
                inspection,
                new Closing(core, inspection, leaks, allEndings),
                misuse,
                sampling,
                exhaustion,
                settings.layout());
        boolean isTracked = core.mode == Mode.DEBUGGED || leaks.isWatching();
        CacheRegistry.add(parts, Abandonment.of(identity, bytes, isTracked));
        return parts;
    }

    /** Without being asked, a keeper does not run code of the user: neither a source nor a constructor. */
    private boolean isHelpedByDefault() {
        return settings.memory().equals(MemorySource.arena()) && construction.isEmpty() && settings.slabBytes() == 0;
    }

    private Optional<Keeping> keeping(CacheCore core) {
        if (settings.ahead() == 0 && settings.trimAfter().isEmpty() && !isHelpedByDefault()) {
            return Optional.empty();
        }
        KeeperQueue queue = settings.keeper().orElseGet(KeeperThread::queue);
        return Optional.of(new Keeping(core, queue, settings.ahead(), settings.trimAfter()));
    }

    private static long sum(LongSupplier[] counts) {
        long sum = 0;
        for (LongSupplier count : counts) {
            sum += count.getAsLong();
        }
        return sum;
    }
}
