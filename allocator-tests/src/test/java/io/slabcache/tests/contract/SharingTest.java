package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** How many objects the caching of one thread may withhold from others, and how they get them back. */
class SharingTest {
    private static final int BOUND = 400;

    @Test
    void threeQuartersOfABoundedCacheAreAvailableHoweverManyThreadsCacheObjects() {
        try (SlabCache cache = SlabCache.builder("shared", 64).maxObjects(BOUND).build()) {
            OtherThread.run(() -> nestWithCachedObjects(cache, 10));
            Healthy.checkNothingLive(cache);
        }
    }

    /** Each thread stays alive, with its cached objects, until the thread inside it has ended. */
    private static void nestWithCachedObjects(SlabCache cache, int depth) {
        if (depth > 0) {
            cache.free(cache.allocate());
            // Last, because a thread that waits keeps what was promised to it.
            cache.prefill(BOUND);
            OtherThread.run(() -> nestWithCachedObjects(cache, depth - 1));
            return;
        }
        long[] addresses = new long[BOUND];
        int allocated = 0;
        for (long address; (address = cache.tryAllocateAddress()) != 0; ) {
            addresses[allocated++] = address;
        }
        CacheExhaustedException exhausted = assertThrows(CacheExhaustedException.class, cache::allocate);
        assertTrue(allocated >= BOUND * 3 / 4, "only " + allocated + " of " + BOUND);
        assertEquals(BOUND - allocated, exhausted.cachedElsewhere());
        assertEquals(allocated, exhausted.liveObjects());
        assertTrue(exhausted.cachedElsewhere() > 0, "no thread cached anything");
        assertTrue(exhausted.getMessage().contains(exhausted.cachedElsewhere() + " cached"), exhausted.getMessage());
        cache.freeBulk(addresses, 0, allocated);
    }

    @Test
    void objectsThatOneThreadFlushedServeAnotherWithoutGrowth() {
        try (SlabCache cache = SlabCache.builder("shared", 64).build()) {
            long[] addresses = new long[256];
            assertTrue(cache.allocateBulk(addresses, 0, 256));
            cache.freeBulk(addresses, 0, 256);
            cache.flush();
            long total = cache.stats().totalObjects();
            OtherThread.run(() -> {
                long[] all = new long[(int) total];
                assertTrue(cache.allocateBulk(all, 0, all.length));
                cache.freeBulk(all, 0, all.length);
            });
            assertEquals(total, cache.stats().totalObjects());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void theCachedFormFindsWhatOtherThreadsGaveToTheDepot() {
        try (SlabCache cache =
                SlabCache.builder("shared", 64).magazineCapacity(64).build()) {
            long[] addresses = new long[512];
            assertTrue(cache.allocateBulk(addresses, 0, 512));
            cache.freeBulk(addresses, 0, 512);
            assertTrue(cache.stats().depotPuts() > 0, "nothing in the depot");
            OtherThread.run(() -> {
                long address = cache.tryAllocateAddressCached();
                assertTrue(cache.owns(address));
                cache.freeAddress(address);
            });
            OtherThread.runVirtual(() -> {
                long address = cache.tryAllocateAddressCached();
                assertTrue(cache.owns(address));
                cache.freeAddress(address);
            });
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void theCachedFormOnALockedCacheWarnsOnceAndAllocates() {
        try (LogCapture log = new LogCapture();
                SlabCache cache =
                        SlabCache.builder("locked", 64).lockless(false).build()) {
            cache.free(cache.tryAllocateCached());
            cache.freeAddress(cache.tryAllocateAddressCached());
            cache.local().free(cache.local().tryAllocateCached());
            assertEquals(1, log.records().size());
            assertEquals(Level.WARNING, log.records().getFirst().getLevel());
            String message = log.records().getFirst().getMessage();
            assertTrue(message.contains("'locked'") && message.contains("lockless(false)"), message);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aCacheTooSmallForMagazinesStillGivesAllItsObjects() {
        for (int bound = 1; bound <= 9; bound++) {
            try (SlabCache cache =
                    SlabCache.builder("tiny", 64).maxObjects(bound).build()) {
                long[] addresses = new long[bound];
                assertFalse(cache.allocateBulk(new long[bound + 1], 0, bound + 1));
                assertTrue(cache.allocateBulk(addresses, 0, bound));
                assertNull(cache.tryAllocate());
                cache.freeBulk(addresses, 0, bound);
                Healthy.checkNothingLive(cache);
            }
        }
    }
}
