package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlabCacheStats.Figure;
import io.slabcache.internal.registry.CacheIdentity;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of large objects. For any thread. Refers to no object, so that the message about a forgotten allocator
 * may use it.
 */
final class LargeCounts {
    private final AtomicLong liveBytes = new AtomicLong();
    private final AtomicLong reservedBytes = new AtomicLong();
    private final LongAdder frees = new LongAdder();

    void made(LargeObject object) {
        liveBytes.addAndGet(object.bytes());
        reservedBytes.addAndGet(object.regionBytes());
    }

    void dropped(LargeObject object) {
        liveBytes.addAndGet(-object.bytes());
        reservedBytes.addAndGet(-object.regionBytes());
    }

    void freed() {
        frees.increment();
    }

    /** The bytes that users of live objects asked for. */
    long liveBytes() {
        return liveBytes.get();
    }

    /** The bytes of the regions of live objects. */
    long reservedBytes() {
        return reservedBytes.get();
    }

    long frees() {
        return frees.sum();
    }

    /** As statistics of a cache: each object has a slab of its own, and they have no common size. */
    SlabCacheStats stats(CacheIdentity identity, long live, long reserved) {
        Map<Figure, Long> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.LIVE_OBJECTS, live);
        figures.put(Figure.TOTAL_OBJECTS, live);
        figures.put(Figure.MAX_OBJECTS, Long.MAX_VALUE);
        figures.put(Figure.SLABS, live);
        figures.put(Figure.RESERVED_BYTES, reserved);
        figures.put(Figure.BUDGET_LIMIT_BYTES, Long.MAX_VALUE);
        figures.put(Figure.ALLOCATIONS, live + frees());
        figures.put(Figure.FREES, frees());
        return new SlabCacheStats(identity.name(), identity.id(), figures);
    }
}
