package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.CacheExhaustedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Injected failures look like exhaustion, occur as configured, and do not change the cache. */
class FaultsTest extends DebugContract {
    private static List<Integer> failing(SlabCache cache, int allocations) {
        List<Integer> failing = new ArrayList<>();
        for (int i = 1; i <= allocations; i++) {
            long object = cache.tryAllocateAddress();
            if (object == 0) {
                failing.add(i);
            } else {
                cache.freeAddress(object);
            }
        }
        return failing;
    }

    private List<Integer> failing(AllocationFaults faults, int allocations) {
        try (SlabCache cache = builder().faults(faults).build()) {
            List<Integer> failing = failing(cache, allocations);
            assertEquals(failing.size(), cache.stats().exhaustions());
            assertEquals(0, cache.stats().misuses());
            return failing;
        }
    }

    @Test
    void theSameSeedFailsTheSameAllocations() {
        List<Integer> failing = failing(AllocationFaults.rate(0.05, 42), 1000);
        assertTrue(failing.size() > 20 && failing.size() < 100, failing::toString);
        assertEquals(failing, failing(AllocationFaults.rate(0.05, 42), 1000));
        assertNotEquals(failing, failing(AllocationFaults.rate(0.05, 43), 1000));
    }

    @Test
    void intervalsAndStartAndEndAreKept() {
        assertEquals(List.of(4, 8, 12), failing(AllocationFaults.interval(4), 15));
        assertEquals(List.of(14, 18), failing(AllocationFaults.interval(4).after(10), 20));
        assertEquals(List.of(11), failing(AllocationFaults.interval(1).after(10).times(1), 20));
    }

    @Test
    void everyFormFailsAsAtTheBound() {
        cache = builder().faults(AllocationFaults.interval(1)).build();
        assertNull(cache.tryAllocate());
        assertNull(cache.tryAllocateCached());
        assertEquals(0, cache.tryAllocateAddress());
        assertEquals(0, cache.tryAllocateAddressCached());
        assertEquals(0, cache.local().tryAllocateAddress());
        assertFalse(cache.allocateBulk(new long[3], 0, 3));
        for (CacheExhaustedException thrown : List.of(
                assertThrows(CacheExhaustedException.class, cache::allocate),
                assertThrows(CacheExhaustedException.class, cache::allocateAddress),
                assertThrows(CacheExhaustedException.class, cache::allocateZeroed))) {
            assertSays(thrown.getMessage(), "injected", "cache 'victim' is exhausted");
            assertEquals(1, thrown.asked());
            assertEquals(0, thrown.liveObjects());
        }
    }

    @Test
    void aBulkWithAFailureInItIsRefusedAsAWhole() {
        cache = builder().faults(AllocationFaults.interval(5)).build();
        long[] objects = new long[8];
        assertFalse(cache.allocateBulk(objects, 0, 8));
        assertEquals(0, objects[0]);
        assertEquals(0, cache.stats().liveObjects());
        assertTrue(cache.allocateBulk(objects, 0, 4));
        cache.freeBulk(objects, 0, 4);
    }

    @Test
    void realExhaustionIsNotCalledInjected() {
        cache = builder().faults(AllocationFaults.interval(2)).maxObjects(1).build();
        long object = cache.allocateAddress();
        assertSays(
                assertThrows(CacheExhaustedException.class, cache::allocateAddress)
                        .getMessage(),
                "injected");
        CacheExhaustedException real = assertThrows(CacheExhaustedException.class, cache::allocateAddress);
        assertFalse(real.getMessage().contains("injected"), real.getMessage());
        cache.freeAddress(object);
    }

    @Test
    void badNumbersAreRefusedWhenGiven() {
        assertThrows(IllegalArgumentException.class, () -> AllocationFaults.rate(1.5, 1));
        assertThrows(IllegalArgumentException.class, () -> AllocationFaults.rate(0, 1));
        assertThrows(IllegalArgumentException.class, () -> AllocationFaults.interval(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> AllocationFaults.interval(1).after(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> AllocationFaults.interval(1).times(0));
        assertThrows(NullPointerException.class, () -> builder().faults(null));
    }
}
