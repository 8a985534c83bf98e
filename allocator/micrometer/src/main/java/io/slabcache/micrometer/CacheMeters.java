package io.slabcache.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlowStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one cache. They read the last snapshot, so a counter never falls, not even when the cache closes. */
final class CacheMeters {
    private static final String OBJECTS = "Objects that are live, free in magazines, or free in slabs";

    private final Runnable refresh;
    private volatile SlabCacheStats last;

    // Guarded by the monitor of OpenCaches.
    private final List<Meter> meters = new ArrayList<>();

    CacheMeters(Runnable refresh, SlabCacheStats stats) {
        this.refresh = refresh;
        this.last = stats;
    }

    /** Shows a new snapshot from now on. */
    void show(SlabCacheStats stats) {
        last = stats;
    }

    private SlabCacheStats now() {
        refresh.run();
        return last;
    }

    void register(MeterRegistry registry, Tags tags) {
        gauge("objects", "objects", OBJECTS, SlabCacheStats::liveObjects, registry, tags.and("state", "live"));
        gauge("objects", "objects", OBJECTS, SlabCacheStats::cachedObjects, registry, tags.and("state", "cached"));
        gauge("objects", "objects", OBJECTS, CacheMeters::free, registry, tags.and("state", "free"));
        if (last.maxObjects() != Long.MAX_VALUE) {
            gauge("objects.max", null, "The bound on live objects", SlabCacheStats::maxObjects, registry, tags);
        }
        gauge("object.size", "bytes", "The size of each object", SlabCacheStats::objectSize, registry, tags);
        gauge(
                "memory.reserved",
                "bytes",
                "Off-heap memory of the slabs",
                SlabCacheStats::reservedBytes,
                registry,
                tags);
        gauge("memory.heap", "bytes", "An estimate of the Java heap", SlabCacheStats::heapBytes, registry, tags);
        gauge("slabs", "slabs", "Slabs", SlabCacheStats::slabs, registry, tags);
        gauge("thread.caches", null, "Threads that have magazines", SlabCacheStats::threadCaches, registry, tags);
        counter("allocations", "Objects handed out", SlabCacheStats::allocations, registry, tags);
        counter("frees", "Objects taken back", SlabCacheStats::frees, registry, tags);
        counter("refills", "Moves from slabs to magazines", SlabCacheStats::refills, registry, tags);
        counter("flushes", "Moves from magazines to slabs", SlabCacheStats::flushes, registry, tags);
        counter("depot.gets", "Full magazines taken from the depot", SlabCacheStats::depotGets, registry, tags);
        counter("depot.puts", "Full magazines given to the depot", SlabCacheStats::depotPuts, registry, tags);
        counter("contended.locks", "Waits for a lock", SlabCacheStats::contendedLocks, registry, tags);
        counter("exhaustions", "Allocations refused at the bound", SlabCacheStats::exhaustions, registry, tags);
        counter("misuses", "Calls that broke the contract", SlabCacheStats::misuses, registry, tags);
        counter("leaks", "Leaked objects found", SlabCacheStats::leaks, registry, tags);
        for (SlowStep step : SlowStep.values()) {
            timer(step, registry, tags.and("step", step.label()));
        }
    }

    /** The objects in slabs. */
    private static long free(SlabCacheStats stats) {
        return Math.max(0, stats.totalObjects() - stats.liveObjects() - stats.cachedObjects());
    }

    private void gauge(
            String name,
            @Nullable String unit,
            String description,
            ToLongFunction<SlabCacheStats> figure,
            MeterRegistry registry,
            Tags tags) {
        meters.add(Gauge.builder("slabcache." + name, this, each -> figure.applyAsLong(each.now()))
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .strongReference(true)
                .register(registry));
    }

    private void counter(
            String name, String description, ToLongFunction<SlabCacheStats> figure, MeterRegistry registry, Tags tags) {
        meters.add(FunctionCounter.builder("slabcache." + name, this, each -> figure.applyAsLong(each.now()))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void timer(SlowStep step, MeterRegistry registry, Tags tags) {
        meters.add(FunctionTimer.builder(
                        "slabcache.slow",
                        this,
                        each -> each.now().latency(step).count(),
                        each -> each.now().latency(step).total(),
                        TimeUnit.NANOSECONDS)
                .description("Slow steps")
                .tags(tags)
                .register(registry));
        meters.add(TimeGauge.builder(
                        "slabcache.slow.longest",
                        this,
                        TimeUnit.NANOSECONDS,
                        each -> each.now().latency(step).longest())
                .description("The longest slow step so far")
                .tags(tags)
                .strongReference(true)
                .register(registry));
    }

    void remove(MeterRegistry registry) {
        meters.forEach(registry::remove);
    }
}
