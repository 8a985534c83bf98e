package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.slabcache.diagnostics.SlabCacheStats;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which objects a thread may cache, and how it gives them back. */
@InAllConfigurations
class CachingTest extends CacheContract {
    @Test
    void nothingIsCachedAtFirstAndNoMemoryIsTaken() {
        SlabCacheStats stats = cache.stats();
        assertEquals(0, stats.totalObjects());
        assertEquals(0, stats.reservedBytes());
        assertEquals(0, stats.slabs());
    }

    @Test
    void theCachedFormGrowsTheCacheOnlyIfThatHasNoMagazines() {
        if (!configuration.lockless()) {
            allocator().free(allocator().tryAllocateCached());
            assertEquals(1, cache.stats().slabs());
            return;
        }
        assertNull(allocator().tryAllocateCached());
        assertEquals(0, allocator().tryAllocateAddressCached());
        assertEquals(0, cache.stats().slabs());

        allocator().free(allocator().allocate());
        SlabCacheStats before = cache.stats();
        List<MemorySegment> objects = new ArrayList<>();
        for (MemorySegment object; (object = allocator().tryAllocateCached()) != null; ) {
            objects.add(object);
        }
        assertEquals(before.slabs(), cache.stats().slabs());
        assertEquals(before.refills(), cache.stats().refills());
        assertTrue(objects.size() <= before.cachedObjects(), objects::toString);
        freeAll(objects);
    }

    @Test
    void theCachedFormGivesWhatTheSameThreadFreed() {
        // Guarded objects wait for as long as possible.
        assumeFalse(configuration.isGuarded());
        freeAll(List.of(allocator().allocate()));
        MemorySegment object = allocator().tryAllocateCached();
        assertNotNull(object);
        assertEquals(configuration.objectSize(), object.byteSize());
        allocator().free(object);
        long address = allocator().tryAllocateAddressCached();
        assertTrue(cache.owns(address));
        allocator().freeAddress(address);
    }

    @Test
    void prefilledObjectsAreAllocatedFromTheThreadsOwnCache() {
        for (int wanted : new int[] {0, 1, configuration.many() / 2, configuration.many(), 1 << 20}) {
            int guaranteed = allocator().prefill(wanted);
            assertTrue(guaranteed >= 0 && guaranteed <= wanted, () -> wanted + " wanted, given " + guaranteed);
            assertTrue(guaranteed > 0 == (configuration.hasOwnMagazines() && wanted > 0), () -> "given " + guaranteed);
            assertAllocationsVisitNothing(guaranteed);
        }
    }

    private void assertAllocationsVisitNothing(int allocations) {
        SlabCacheStats before = cache.stats();
        long[] addresses = new long[allocations];
        for (int i = 0; i < allocations; i++) {
            addresses[i] = allocator().allocateAddress();
        }
        SlabCacheStats after = cache.stats();
        assertEquals(before.refills(), after.refills(), "refills");
        assertEquals(before.depotGets(), after.depotGets(), "depot gets");
        // Not the slabs: from 8 MiB on the keeper makes some ahead of need, at any time.
        assertEquals(before.growthStalls(), after.growthStalls(), "waits for slabs");
        allocator().freeBulk(addresses, 0, allocations);
    }

    @Test
    void aNegativePrefillIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> allocator().prefill(-3));
        assertTrue(refused.getMessage().contains("-3"), refused.getMessage());
        assertTrue(refused.getMessage().contains("0 or more"), refused.getMessage());
    }

    @Test
    void aFlushLeavesTheThreadNothingAndLosesNothing() {
        freeAll(allocateMany());
        SlabCacheStats before = cache.stats();
        allocator().flush();
        SlabCacheStats after = cache.stats();
        assertEquals(before.totalObjects(), after.totalObjects());
        assertTrue(after.cachedObjects() <= before.cachedObjects());
        assertEquals(0, after.liveObjects());
        freeAll(allocateMany());
    }

    @Test
    void shrinkGivesEverythingBackWhenAllIsFreeAndFlushed() {
        freeAll(allocateMany());
        allocator().flush();
        long reserved = cache.stats().reservedBytes();
        assertTrue(reserved >= configuration.many() * configuration.stride(), () -> reserved + " bytes");
        assertEquals(reserved, cache.shrink());
        SlabCacheStats after = cache.stats();
        assertEquals(0, after.reservedBytes());
        assertEquals(0, after.totalObjects());
        assertEquals(0, after.cachedObjects());
        assertEquals(0, after.slabs());
        assertEquals(0, cache.shrink());
        freeAll(allocateMany());
    }

    @Test
    void shrinkKillsTheHandlesOfTheMemoryItGaveBackAndNoOthers() {
        List<MemorySegment> objects = new ArrayList<>(allocateMany());
        MemorySegment kept = objects.removeFirst();
        objects.forEach(object -> object.fill((byte) 7));
        freeAll(objects);
        allocator().flush();
        cache.shrink();
        assertEquals(configuration.objectSize(), kept.fill((byte) 7).byteSize());
        // Mapped memory keeps its addresses until the close.
        boolean keepsAddresses = configuration.source() == Source.MAPPED;
        for (MemorySegment object : objects) {
            boolean owned = cache.owns(object.address());
            assertEquals(owned || keepsAddresses, object.scope().isAlive(), object::toString);
            if (!owned && keepsAddresses) {
                assertEquals(0, object.get(ValueLayout.JAVA_BYTE, 0), object::toString);
            }
        }
        allocator().free(kept);
    }
}
