package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * At the bound of a cache, the try forms return nothing and the other forms say why. After a free, an allocation
 * succeeds again.
 */
@InBoundedConfigurations
class BoundTest extends CacheContract {
    private List<MemorySegment> exhaust() {
        List<MemorySegment> objects = new ArrayList<>();
        for (MemorySegment object; (object = allocator().tryAllocate()) != null; ) {
            objects.add(object);
        }
        return objects;
    }

    @Test
    void asManyObjectsAsTheBoundAllowsCanBeLive() {
        List<MemorySegment> objects = exhaust();
        assertEquals(configuration.bound(), objects.size());
        assertEquals(configuration.bound(), cache.stats().maxObjects());
        assertEquals(configuration.bound(), cache.stats().totalObjects());
        freeAll(objects);
    }

    @Test
    void tryFormsGiveNothingAtTheBoundAndSomethingAfterTheFirstFree() {
        List<MemorySegment> objects = exhaust();
        assertNull(allocator().tryAllocate());
        assertEquals(0, allocator().tryAllocateAddress());
        assertNull(allocator().tryAllocateCached());
        assertEquals(0, allocator().tryAllocateAddressCached());
        allocator().free(objects.removeLast());
        MemorySegment again = allocator().tryAllocate();
        assertNotNull(again);
        allocator().free(again);
        long address = allocator().tryAllocateAddress();
        assertTrue(cache.owns(address));
        allocator().freeAddress(address);
        freeAll(objects);
    }

    @Test
    void theOtherFormsSayWhyThereIsNothing() {
        List<MemorySegment> objects = exhaust();
        for (CacheExhaustedException exhausted : List.of(
                assertThrows(CacheExhaustedException.class, allocator()::allocate),
                assertThrows(CacheExhaustedException.class, allocator()::allocateZeroed),
                assertThrows(CacheExhaustedException.class, allocator()::allocateAddress))) {
            assertEquals(1, exhausted.asked());
            assertEquals(configuration.bound(), exhausted.maxObjects());
            assertEquals(configuration.bound(), exhausted.liveObjects());
            assertEquals(0, exhausted.cachedElsewhere());
            assertTrue(exhausted.getMessage().contains("'contract'"), exhausted.getMessage());
            assertTrue(exhausted.getMessage().contains("" + configuration.bound()), exhausted.getMessage());
        }
        allocator().free(objects.removeLast());
        allocator().free(allocator().allocate());
        freeAll(objects);
    }

    @Test
    void everyRefusedAllocationIsCountedAsOneExhaustion() {
        List<MemorySegment> objects = exhaust();
        long before = cache.stats().exhaustions();
        allocator().tryAllocate();
        allocator().tryAllocateAddress();
        assertThrows(CacheExhaustedException.class, allocator()::allocate);
        allocator().allocateBulk(new long[1], 0, 1);
        assertEquals(before + 4, cache.stats().exhaustions());
        freeAll(objects);
    }

    @Test
    void aBulkThatDoesNotFitLeavesArrayAndCacheUntouched() {
        MemorySegment kept = allocator().allocate();
        int tooMany = configuration.bound();
        SlabCacheStats before = cache.stats();
        long[] addresses = new long[tooMany + 1];
        MemorySegment[] objects = new MemorySegment[tooMany + 1];
        for (int count = tooMany; count <= tooMany + 1; count++) {
            assertFalse(allocator().allocateBulk(addresses, 0, count));
            assertFalse(allocator().allocateBulk(objects, 0, count));
        }
        assertArrayEquals(new long[tooMany + 1], addresses);
        assertArrayEquals(new MemorySegment[tooMany + 1], objects);
        assertEquals(1, cache.stats().liveObjects());
        assertEquals(
                before.allocations(), cache.stats().allocations(), "objects were counted that were not handed out");
        allocator().free(kept);
    }

    @Test
    void aBulkMayTakeEverything() {
        long[] addresses = new long[configuration.bound()];
        assertTrue(allocator().allocateBulk(addresses, 0, addresses.length));
        allocator().freeBulk(addresses, 0, addresses.length);
        assertEquals(configuration.bound(), cache.stats().totalObjects());
    }

    @Test
    void objectsCachedByEndedThreadsAreAvailable() {
        OtherThread.run(() -> {
            cache.prefill(configuration.bound());
            cache.free(cache.allocate());
        });
        OtherThread.runVirtual(() -> cache.free(cache.allocate()));
        List<MemorySegment> objects = exhaust();
        assertEquals(configuration.bound(), objects.size());
        freeAll(objects);
    }
}
