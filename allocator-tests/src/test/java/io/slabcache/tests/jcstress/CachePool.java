package io.slabcache.tests.jcstress;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabCacheStats;
import java.lang.foreign.MemorySegment;

/** The real cache, through one of its entry points. */
record CachePool(SlabCache cache, ObjectAllocator door) implements Pool {
    CachePool(SlabCache cache) {
        this(cache, cache);
    }

    CachePool(SlabCacheBuilder builder) {
        this(builder.build());
    }

    @Override
    public Pool local() {
        return new CachePool(cache, cache.local());
    }

    @Override
    public MemorySegment tryAllocate() {
        return door.tryAllocate();
    }

    @Override
    public MemorySegment tryAllocateCached() {
        return door.tryAllocateCached();
    }

    @Override
    public boolean allocateBulk(MemorySegment[] objects) {
        return door.allocateBulk(objects, 0, objects.length);
    }

    @Override
    public boolean free(MemorySegment object) {
        try {
            door.free(object);
            return true;
        } catch (InvalidFreeException e) {
            if (e.kind() != Kind.DOUBLE_FREE) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void flush() {
        door.flush();
    }

    @Override
    public long shrink() {
        return cache.shrink();
    }

    @Override
    public MemorySegment segment(long address) {
        return cache.segment(address);
    }

    @Override
    public long[] counts() {
        SlabCacheStats stats = cache.stats();
        return new long[] {
            stats.allocations(),
            stats.frees(),
            stats.liveObjects(),
            stats.cachedObjects(),
            stats.totalObjects(),
            stats.slabs(),
            stats.reservedBytes(),
            stats.heapBytes(),
            stats.refills(),
            stats.flushes(),
            stats.depotGets(),
            stats.depotPuts(),
            stats.contendedLocks(),
            stats.exhaustions(),
            stats.misuses(),
            stats.threadCaches()
        };
    }

    @Override
    public boolean close() {
        try {
            cache.close();
            return true;
        } catch (LiveObjectsException e) {
            return false;
        }
    }

    @Override
    public void closeNow() {
        cache.closeNow();
    }
}
