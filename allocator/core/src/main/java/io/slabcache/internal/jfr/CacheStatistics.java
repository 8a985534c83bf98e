package io.slabcache.internal.jfr;

import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Emits the statistics of all open caches. Run by the recorder's thread, or at the end of a chunk by another. */
final class CacheStatistics implements Runnable {
    private static final double NANOS_PER_SECOND = 1e9;

    /** The statistics before, by number of the cache. Guarded by this object's monitor. */
    private Map<Long, Reading> last = new HashMap<>();

    private record Reading(SlabCacheStats stats, long at) {}

    @Override
    public synchronized void run() {
        Map<Long, Reading> now = new HashMap<>();
        for (OpenCache cache : CacheRegistry.open()) {
            Reading reading = new Reading(cache.stats(), System.nanoTime());
            if (cache.isOpen()) {
                now.put(cache.id(), reading);
                event(reading, last.get(cache.id())).commit();
            }
        }
        last = now;
    }

    private static CacheStatisticsEvent event(Reading reading, @Nullable Reading before) {
        SlabCacheStats stats = reading.stats;
        CacheStatisticsEvent event = new CacheStatisticsEvent();
        event.of(stats.name(), stats.id());
        event.objectSize = stats.objectSize();
        event.liveObjects = stats.liveObjects();
        event.liveBytes = stats.liveObjects() * stats.stride();
        event.cachedObjects = stats.cachedObjects();
        event.totalObjects = stats.totalObjects();
        event.maxObjects = stats.maxObjects();
        event.slabs = stats.slabs();
        event.reservedBytes = stats.reservedBytes();
        event.heapBytes = stats.heapBytes();
        event.allocations = stats.allocations();
        event.frees = stats.frees();
        event.refills = stats.refills();
        event.flushes = stats.flushes();
        event.magazineCapacity = stats.magazineCapacity();
        event.threadCaches = stats.threadCaches();
        event.contendedLocks = stats.contendedLocks();
        event.exhaustions = stats.exhaustions();
        event.misuses = stats.misuses();
        event.leaks = stats.leaks();
        event.growthStalls = stats.growthStalls();
        event.longestGrowthStall = stats.longestGrowthStall();
        if (before == null) {
            event.magazineHitRatio = hitRatio(stats, stats.allocations(), stats.refills() + stats.depotGets());
            return event;
        }
        SlabCacheStats past = before.stats;
        double seconds = Math.max(1, reading.at - before.at) / NANOS_PER_SECOND;
        long allocations = stats.allocations() - past.allocations();
        event.allocationRate = rate(allocations, seconds);
        event.freeRate = rate(stats.frees() - past.frees(), seconds);
        long misses = stats.refills() + stats.depotGets() - past.refills() - past.depotGets();
        event.magazineHitRatio = hitRatio(stats, allocations, misses);
        return event;
    }

    private static long rate(long count, double seconds) {
        return Math.max(0, Math.round(count / seconds));
    }

    private static float hitRatio(SlabCacheStats stats, long allocations, long misses) {
        if (stats.magazineCapacity() == 0) {
            return 0;
        }
        return allocations <= 0 ? 1 : Math.clamp(1 - (float) misses / allocations, 0f, 1f);
    }
}
