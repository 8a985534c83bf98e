package io.slabcache.tests.contract;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Calls;
import io.slabcache.tests.support.Eventually;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A close is refused while objects are live; a close that succeeds is complete. */
@InAllConfigurations
class CloseTest extends CacheContract {
    /** These tests end with a closed cache, which has nothing left to validate. */
    @AfterEach
    @Override
    void checkHealthAndClose() {
        cache.closeNow();
        assertEquals(0, cache.stats().reservedBytes());
    }

    @Test
    void liveObjectsAreReportedAndTheCacheStaysUsable() {
        List<MemorySegment> objects = allocateMany();
        LiveObjectsException refused = assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(objects.size(), refused.liveObjects());
        assertTrue(refused.getMessage().contains("'contract'"), refused.getMessage());
        assertTrue(refused.getMessage().contains(objects.size() + " objects"), refused.getMessage());
        Set<Long> live = objects.stream().map(MemorySegment::address).collect(Collectors.toSet());
        long[] samples = refused.sampleAddresses();
        assertTrue(samples.length >= 1 && samples.length <= live.size());
        for (long sample : samples) {
            assertTrue(live.contains(sample), () -> "not live: 0x" + Long.toHexString(sample));
        }
        assertEquals(samples.length, Arrays.stream(samples).distinct().count());
        freeAll(objects);
        freeAll(allocateMany());
        Healthy.checkNothingLive(cache);
    }

    @Test
    void oneLiveObjectIsEnoughToRefuse() {
        long address = allocator().allocateAddress();
        LiveObjectsException refused = assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(1, refused.liveObjects());
        assertEquals(address, refused.sampleAddresses()[0]);
        assertTrue(refused.getMessage().contains("0x" + Long.toHexString(address)), refused.getMessage());
        allocator().freeAddress(address);
        cache.close();
    }

    @Test
    void aClosedCacheIsEmptyAndHealthy() {
        freeAll(allocateMany());
        cache.close();
        Healthy.checkNothingLive(cache);
        assertEquals(0, cache.stats().totalObjects());
        assertEquals(0, cache.stats().cachedObjects());
    }

    @Test
    void closingAgainDoesNothing() {
        freeAll(allocateMany());
        cache.close();
        cache.close();
        cache.closeNow();
        assertEquals(0, cache.stats().reservedBytes());
    }

    @Test
    void closeNowClosesOverLiveObjectsAndKillsTheirHandles() {
        List<MemorySegment> objects = allocateMany();
        cache.closeNow();
        for (MemorySegment object : objects) {
            assertFalse(object.scope().isAlive());
            assertThrows(IllegalStateException.class, () -> object.get(ValueLayout.JAVA_BYTE, 0));
        }
        assertEquals(0, cache.stats().reservedBytes());
    }

    @Test
    void everyCallOnAClosedCacheIsRefused() {
        List<MemorySegment> objects = allocateMany();
        MemorySegment live = objects.getFirst();
        objects.stream().skip(1).forEach(allocator()::free);
        cache.closeNow();
        Map<String, Executable> calls = new LinkedHashMap<>();
        Calls.freeing(live, live.address()).forEach((name, call) -> calls.put(name, () -> call.accept(allocator())));
        if (!SlabCache.class.getModule().isNativeAccessEnabled()) {
            calls.remove("allocateLeased()"); // refused before the cache is looked at
        }
        long[] tooMany = new long[configuration.bound() + 1];
        calls.put("freeBulk of null", () -> allocator().freeBulk(new MemorySegment[1], 0, 1));
        calls.put("free of null", () -> allocator().free(null));
        calls.put("allocateBulk of nothing", () -> allocator().allocateBulk(new long[0], 0, 0));
        calls.put("freeBulk of nothing", () -> allocator().freeBulk(new long[0], 0, 0));
        calls.put("allocateBulk beyond the bound", () -> allocator().allocateBulk(tooMany, 0, tooMany.length));
        calls.put("segment(long)", () -> cache.segment(live.address()));
        calls.put("local()", cache::local);
        calls.put("shrink()", cache::shrink);
        assertAll(calls.entrySet().stream().map(call -> () -> assertClosed(call.getKey(), call.getValue())));
    }

    private static void assertClosed(String call, Executable executable) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, executable, call);
        assertFalse(refused instanceof LiveObjectsException, call);
        assertTrue(
                withoutIds(refused.getMessage()).contains("cache 'contract' is closed"),
                call + ": " + refused.getMessage());
    }

    @Test
    void anObjectFreedAfterTheCloseIsNeverHandedOut() {
        long address = allocator().allocateAddress();
        cache.closeNow();
        assertThrows(IllegalStateException.class, () -> allocator().freeAddress(address));
        assertThrows(IllegalStateException.class, () -> allocator().allocateAddress());
        assertThrows(IllegalStateException.class, () -> allocator().tryAllocateAddressCached());
    }

    @Test
    void aClosedCacheStillKnowsItsSettingsAndOwnsNothing() {
        long address = allocator().allocateAddress();
        freeAll(allocateMany());
        allocator().freeAddress(address);
        cache.close();
        assertEquals("contract", cache.name());
        assertEquals(configuration.objectSize(), cache.objectSize());
        assertFalse(cache.owns(address));
        SlabCacheStats stats = cache.stats();
        assertEquals(0, stats.liveObjects());
        assertEquals(0, stats.slabs());
        assertEquals(0, stats.totalObjects());
        assertEquals(configuration.many() + 1, stats.allocations());
        // A keeper that is making a slab finds the cache closed, and gives the memory back itself.
        Eventually.holds(() -> cache.stats().reservedBytes() == 0, "no reserved bytes");
    }
}
