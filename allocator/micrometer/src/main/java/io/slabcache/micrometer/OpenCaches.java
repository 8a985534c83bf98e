package io.slabcache.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.slabcache.SlabCaches;
import io.slabcache.diagnostics.SlabCacheStats;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The open caches, as one registry shows them. Guarded by its monitor. */
final class OpenCaches {
    /** Readings within this time show one snapshot. */
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final MeterRegistry registry;
    private final Tags tags;

    /** By number of the cache. */
    private final Map<Long, CacheMeters> meters = new HashMap<>();

    private long readAt = System.nanoTime() - FRESH_NANOS;

    OpenCaches(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** Returns the number of open caches. */
    double count() {
        refresh();
        synchronized (this) {
            return meters.size();
        }
    }

    /** Takes a snapshot of all caches, unless there is a fresh one; adds and removes meters. */
    synchronized void refresh() {
        long now = System.nanoTime();
        if (now - readAt < FRESH_NANOS) {
            return;
        }
        // First, because the registry may read a new meter at once.
        readAt = now;
        Map<Long, SlabCacheStats> open =
                SlabCaches.all().stream().collect(Collectors.toMap(SlabCacheStats::id, stats -> stats));
        Set<Long> closed =
                meters.keySet().stream().filter(id -> !open.containsKey(id)).collect(Collectors.toSet());
        for (Long id : closed) {
            CacheMeters gone = meters.remove(id);
            if (gone != null) {
                gone.remove(registry);
            }
        }
        open.forEach((id, stats) -> {
            CacheMeters known = meters.get(id);
            if (known != null) {
                known.show(stats);
            } else {
                CacheMeters added = new CacheMeters(this::refresh, stats);
                meters.put(id, added);
                added.register(registry, tags.and("cache", stats.name(), "id", Long.toString(id)));
            }
        });
    }
}
