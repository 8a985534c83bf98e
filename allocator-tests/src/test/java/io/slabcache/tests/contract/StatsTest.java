package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The counts of the statistics add up after each step. */
@InAllConfigurations
class StatsTest extends CacheContract {
    @Test
    void theConstantsAreThoseGivenToTheBuilder() {
        SlabCacheStats stats = cache.stats();
        assertEquals("contract", stats.name());
        assertEquals(configuration.objectSize(), stats.objectSize());
        assertEquals(configuration.stride(), stats.stride());
        assertEquals(configuration.isBounded() ? configuration.bound() : Long.MAX_VALUE, stats.maxObjects());
    }

    @Test
    void countsAddUpAfterEveryStep() {
        List<MemorySegment> objects = allocateMany();
        assertLive(objects.size(), 0);
        freeAll(objects.subList(0, 4));
        assertLive(objects.size() - 4, 4);
        allocator().flush();
        assertLive(objects.size() - 4, 4);
        cache.shrink();
        assertLive(objects.size() - 4, 4);
        freeAll(objects.subList(4, objects.size()));
        assertLive(0, objects.size());
    }

    private void assertLive(int live, int freed) {
        Healthy.check(cache);
        SlabCacheStats stats = cache.stats();
        assertEquals(live, stats.liveObjects());
        assertEquals(freed, stats.frees());
        assertEquals(live + freed, stats.allocations());
    }

    @Test
    void memoryIsTakenSlabBySlabAndAllOfItIsCounted() {
        List<MemorySegment> objects = allocateMany();
        SlabCacheStats stats = cache.stats();
        assertTrue(stats.slabs() >= 1);
        assertTrue(stats.reservedBytes() >= stats.totalObjects() * stats.stride());
        assertTrue(stats.reservedBytes() >= stats.liveObjects() * stats.stride());
        assertTrue(stats.heapBytes() > 0);
        freeAll(objects);
    }

    @Test
    void aSnapshotDoesNotChange() {
        SlabCacheStats before = cache.stats();
        freeAll(allocateMany());
        assertEquals(0, before.allocations());
        assertEquals(configuration.many(), cache.stats().allocations());
    }

    @Test
    void onlyCachesWithMagazinesCacheAnything() {
        freeAll(allocateMany());
        assertEquals(configuration.cachesObjects(), cache.stats().cachedObjects() > 0);
        assertEquals(configuration.lockless(), cache.stats().threadCaches() > 0);
    }

    @Test
    void nothingIsCountedAsMisuseOrExhaustionInLegalUse() {
        freeAll(allocateMany());
        assertEquals(0, cache.stats().misuses());
        assertEquals(0, cache.stats().exhaustions());
        assertEquals(0, cache.stats().contendedLocks());
    }
}
