package io.slabcache.tests.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Keeper;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.tests.support.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A keeper gives back what was not used for the given time, and nothing else. */
@Timeout(120)
class TrimTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final int OBJECTS = 20_000;

    private static SlabCacheBuilder builder() {
        return SlabCache.builder("trimmed", 1024).slabBytes(1 << 20).trimAfter(SOON);
    }

    private static long[] allocate(SlabCache cache) {
        long[] all = new long[OBJECTS];
        assertTrue(cache.allocateBulk(all, 0, OBJECTS));
        return all;
    }

    @Test
    void unusedMemoryGoesBack() {
        try (SlabCache cache = builder().build()) {
            cache.freeBulk(allocate(cache), 0, OBJECTS);
            cache.flush();
            Eventually.holds(() -> cache.stats().reservedBytes() == 0, "all slabs back");
            cache.freeAddress(cache.allocateAddress());
        }
    }

    /** The known-bad twin. */
    @Test
    void withoutItNothingGoesBack() throws Exception {
        try (SlabCache cache =
                SlabCache.builder("stays", 1024).slabBytes(1 << 20).build()) {
            cache.freeBulk(allocate(cache), 0, OBJECTS);
            cache.flush();
            long reserved = cache.stats().reservedBytes();
            Thread.sleep(5 * SOON.toMillis());
            assertEquals(reserved, cache.stats().reservedBytes());
        }
    }

    @Test
    void aParkedThreadDoesNotHoldMemory() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (SlabCache cache = builder().build()) {
            Thread parked = Thread.ofPlatform().start(() -> {
                long[] all = allocate(cache);
                for (long address : all) {
                    cache.freeAddress(address);
                }
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            Eventually.holds(() -> cache.stats().frees() == OBJECTS, "the work of the thread");
            Eventually.holds(() -> cache.stats().reservedBytes() == 0, "all slabs back");
            assertTrue(parked.isAlive());
            mayEnd.countDown();
            parked.join();
        }
    }

    @Test
    void usedSlabsAndWhatGrowsAheadStay() {
        Keeper keeper = new Keeper();
        try (SlabCache cache = builder().growAhead(3000).keeper(keeper).build()) {
            long[] all = allocate(cache);
            for (int i = 0; i < OBJECTS; i++) {
                if (i % 1024 != 5) {
                    cache.freeAddress(all[i]);
                    all[i] = 0;
                }
            }
            cache.flush();
            long live = cache.stats().liveObjects();
            Eventually.holds(() -> keeper.doWork() == 0 && cache.stats().slabs() <= live + 3, "unused slabs back");
            for (int i = 0; i < 200; i++) {
                keeper.doWork();
                pause();
            }
            assertTrue(cache.stats().totalObjects() - live >= 3000, cache.stats()::toString);
            for (long address : all) {
                if (address != 0) {
                    cache.freeAddress(address);
                }
            }
            cache.flush();
            for (int i = 0; i < 500; i++) {
                keeper.doWork();
                pause();
            }
            assertTrue(cache.stats().totalObjects() >= 3000, cache.stats()::toString);
            assertTrue(cache.stats().totalObjects() <= 3000 + 1024, cache.stats()::toString);
            assertEquals(0, keeper.doWork(), "it does not give back and make the same slab");
        }
    }

    @Test
    void aCacheInUseKeepsItsMemory() {
        Keeper keeper = new Keeper();
        try (SlabCache cache = builder().keeper(keeper).build()) {
            for (int i = 0; i < 20; i++) {
                long[] all = allocate(cache);
                long slabs = cache.stats().slabs();
                cache.freeBulk(all, 0, OBJECTS);
                keeper.doWork();
                assertTrue(cache.stats().slabs() >= slabs - 1, cache.stats()::toString);
                pause();
            }
            assertTrue(cache.stats().growthStalls() <= 3 * 20, cache.stats()::toString);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
