package io.slabcache.internal.jmx;

import io.slabcache.diagnostics.SlabCacheMXBean;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.registry.OpenCache;
import java.lang.ref.WeakReference;

/** The bean of one cache. Does not keep the cache reachable. */
final class CacheBean implements SlabCacheMXBean {
    private final String name;
    private final long id;
    private final WeakReference<OpenCache> cache;

    CacheBean(OpenCache cache) {
        this.name = cache.name();
        this.id = cache.id();
        this.cache = new WeakReference<>(cache);
    }

    private SlabCacheStats stats() {
        OpenCache open = cache.get();
        if (open == null || !open.isOpen()) {
            throw new IllegalStateException("the cache '" + name + "' (#" + id + ") is closed");
        }
        return open.stats();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public String table() {
        return stats().toString();
    }

    @Override
    public String json() {
        return stats().toJson();
    }

    @Override
    public long getObjectSize() {
        return stats().objectSize();
    }

    @Override
    public long getStride() {
        return stats().stride();
    }

    @Override
    public long getLiveObjects() {
        return stats().liveObjects();
    }

    @Override
    public long getCachedObjects() {
        return stats().cachedObjects();
    }

    @Override
    public long getTotalObjects() {
        return stats().totalObjects();
    }

    @Override
    public long getMaxObjects() {
        return stats().maxObjects();
    }

    @Override
    public int getSlabs() {
        return stats().slabs();
    }

    @Override
    public long getReservedBytes() {
        return stats().reservedBytes();
    }

    @Override
    public long getBudgetLimitBytes() {
        return stats().budgetLimitBytes();
    }

    @Override
    public long getBudgetUsedBytes() {
        return stats().budgetUsedBytes();
    }

    @Override
    public long getHeapBytes() {
        return stats().heapBytes();
    }

    @Override
    public long getAllocations() {
        return stats().allocations();
    }

    @Override
    public long getFrees() {
        return stats().frees();
    }

    @Override
    public long getRefills() {
        return stats().refills();
    }

    @Override
    public long getFlushes() {
        return stats().flushes();
    }

    @Override
    public long getDepotGets() {
        return stats().depotGets();
    }

    @Override
    public long getDepotPuts() {
        return stats().depotPuts();
    }

    @Override
    public long getContendedLocks() {
        return stats().contendedLocks();
    }

    @Override
    public long getExhaustions() {
        return stats().exhaustions();
    }

    @Override
    public long getMisuses() {
        return stats().misuses();
    }

    @Override
    public long getLeaks() {
        return stats().leaks();
    }

    @Override
    public int getThreadCaches() {
        return stats().threadCaches();
    }

    @Override
    public int getMagazineCapacity() {
        return stats().magazineCapacity();
    }

    @Override
    public int getUnreachedCaches() {
        return stats().unreachedCaches();
    }

    @Override
    public long getUnreachedObjects() {
        return stats().unreachedObjects();
    }

    @Override
    public long getGrowthStalls() {
        return stats().growthStalls();
    }

    @Override
    public long getLongestGrowthStall() {
        return stats().longestGrowthStall();
    }
}
