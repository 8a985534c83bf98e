package io.slabcache.internal.cache;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.config.LeakPlan;
import io.slabcache.internal.debug.Description;
import io.slabcache.internal.debug.Sample;
import io.slabcache.internal.leaks.LeakWatches;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Watches some segments that the slow path hands out, and reports those that became unreachable while their object was
 * live. All work happens on slow paths: a leak drains the magazines, so the leaking thread reaches them sooner or
 * later.
 */
final class Leaks {
    private final CacheCore core;
    private final Reports reports;
    private final Optional<Search> search;

    private Leaks(CacheCore core, Reports reports, Optional<Search> search) {
        this.core = core;
        this.reports = reports;
        this.search = search;
    }

    static Leaks watching(CacheCore core, Reports reports, LeakPlan plan, LeakWatches.Liveness liveness) {
        LeakWatches watches = new LeakWatches(liveness, plan.grace(), System::nanoTime);
        return new Leaks(core, reports, Optional.of(new Search(plan, watches)));
    }

    static Leaks unwatched(CacheCore core, Reports reports) {
        return new Leaks(core, reports, Optional.empty());
    }

    /** What to watch, what is watched, the number of leaks, and the stacks already reported. */
    private record Search(LeakPlan plan, LeakWatches watches, LongAdder count, Set<List<StackTraceElement>> sites) {
        Search(LeakPlan plan, LeakWatches watches) {
            this(plan, watches, new LongAdder(), ConcurrentHashMap.newKeySet());
        }
    }

    boolean isWatching() {
        return search.isPresent();
    }

    /** Decides whether to watch an object that is being handed out; returns a segment of its own for it, or null. */
    @Nullable
    MemorySegment watch(long address) {
        return watch(address, core.objectSize());
    }

    /** Like {@link #watch(long)}, for a user who gets the first bytes of the object. */
    @Nullable
    MemorySegment watch(long address, long bytes) {
        return search.isPresent() && search.get().plan().rate().hits(1) ? watched(search.get(), address, bytes) : null;
    }

    /** Decides for a bulk call, which counts as one visit of the slow path unless every object is watched. */
    void watchSome(MemorySegment[] objects, int offset, int count) {
        if (search.isEmpty()) {
            return;
        }
        LeakPlan plan = search.get().plan();
        int most = plan.isParanoid() ? count : Math.min(count, 1);
        for (int i = offset; i < offset + most && plan.rate().hits(1); i++) {
            MemorySegment watched = watched(search.get(), objects[i].address(), core.objectSize());
            if (watched != null) {
                objects[i] = watched;
            }
        }
    }

    /** Null for a guarded object, which is in none of this cache's slabs. */
    private @Nullable MemorySegment watched(Search search, long address, long bytes) {
        Slab slab = core.slabOf(address);
        return slab == null ? null : search.watches().watch(slab, address, bytes);
    }

    /** Ends the watch of an object that is about to be handed out again. */
    void forget(long address) {
        if (search.isPresent()) {
            search.get().watches().forget(address);
        }
    }

    /** Reports leaks. Called with no lock held, because it calls the user's listener. */
    void report() {
        if (search.isPresent() && !core.isConstructing()) {
            reportLeaked(search.get());
        }
    }

    private void reportLeaked(Search search) {
        for (Sample leaked : search.watches().takeLeaked()) {
            search.count().increment();
            ObjectTrack by = leaked.track();
            if (by != null && search.sites().add(by.stack())) {
                reports.leaked(report(leaked.address(), by));
            }
        }
    }

    private MisuseReport report(long address, ObjectTrack by) {
        StringBuilder text = new StringBuilder(core.toString())
                .append(": the object at 0x")
                .append(Long.toHexString(address))
                .append(
                        " has leaked: its segment is unreachable, and it was not freed. If the program keeps the address"
                                + " alone, let it use allocateAddress(). Further leaks from the same place are only counted.");
        Description.appendTracks(text, by, null);
        Slab slab = core.supply.find(address);
        return new MisuseReport(
                core.identity.name(),
                core.identity.id(),
                MisuseReport.Kind.LEAK,
                address,
                address,
                slab == null ? -1 : slab.indexOf(address),
                slab == null ? 0 : slab.address(0),
                Optional.of(by),
                Optional.empty(),
                text.toString());
    }

    long count() {
        return search.map(each -> each.count().sum()).orElse(0L);
    }

    /** Samples of live objects, with their allocations. */
    List<Sample> live() {
        return search.map(each -> each.watches().live()).orElse(List.of());
    }

    List<ObjectTrace> traces() {
        return search.map(each -> each.watches().traces(core.objectSize())).orElse(List.of());
    }

    void close() {
        search.ifPresent(each -> each.watches().close());
    }
}
