package io.slabcache.internal.jfr;

import io.slabcache.diagnostics.Latency;
import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlowStep;
import io.slabcache.internal.magazine.MagazineHolder;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Emits what is worth a look at one cache. Off by default, because it walks threads and tracked objects. */
final class CacheDetails {
    private static final int MOST_SITES = 20;

    private CacheDetails() {}

    /** Emits the histograms of all open caches. */
    static void emitLatencies() {
        for (OpenCache cache : CacheRegistry.open()) {
            SlabCacheStats stats = cache.stats();
            for (SlowStep step : SlowStep.values()) {
                Latency latency = stats.latency(step);
                if (latency.count() > 0) {
                    SlowStepLatencyEvent event = new SlowStepLatencyEvent();
                    event.of(cache.name(), cache.id());
                    event.step = step.label();
                    event.count = latency.count();
                    event.p50 = latency.percentile(50);
                    event.p99 = latency.percentile(99);
                    event.longest = latency.longest();
                    event.counts = Arrays.stream(latency.counts())
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(","));
                    event.commit();
                }
            }
        }
    }

    /** Emits where the free objects of all open caches are. */
    static void emitHolders() {
        for (OpenCache cache : CacheRegistry.open()) {
            for (MagazineHolder holder : cache.holders()) {
                CachedObjectsEvent event = new CachedObjectsEvent();
                event.of(cache.name(), cache.id());
                event.holder = holder.name();
                event.threadId = holder.threadId();
                event.objects = holder.objects();
                event.commit();
            }
        }
    }

    /** Emits who allocated the live objects of tracked caches. */
    static void emitSites() {
        for (OpenCache cache : CacheRegistry.open()) {
            cache.allocations().stream()
                    .sorted(Comparator.comparingLong(ObjectTrace::count).reversed())
                    .limit(MOST_SITES)
                    .forEach(site -> emit(cache, site));
        }
    }

    private static void emit(OpenCache cache, ObjectTrace site) {
        AllocationSiteEvent event = new AllocationSiteEvent();
        event.of(cache.name(), cache.id());
        event.objects = site.count();
        event.liveBytes = site.bytes();
        event.oldestAge = site.maxAge().toMillis();
        event.allocatedAt =
                site.stack().stream().map(StackTraceElement::toString).collect(Collectors.joining("\n"));
        event.commit();
    }
}
