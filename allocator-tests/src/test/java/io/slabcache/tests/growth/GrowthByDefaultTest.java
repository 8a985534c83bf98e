package io.slabcache.tests.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Keeper;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Eventually;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache without options gets its large slabs ahead of need, once it is not small any more. */
@Timeout(120)
class GrowthByDefaultTest {
    private static final String NAME = "slabcache-keeper";
    private static final int MEBIBYTE = 1 << 20;

    private static SlabCacheBuilder builder() {
        return SlabCache.builder("default", 1024);
    }

    private static boolean isKeeperThere() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(NAME));
    }

    private static long free(SlabCache cache) {
        return cache.stats().totalObjects()
                - cache.stats().liveObjects()
                - cache.stats().cachedObjects();
    }

    private static void fill(SlabCache cache, int mebibytes) {
        long[] some = new long[512];
        while (cache.stats().liveObjects() < mebibytes * 1024L) {
            assertTrue(cache.allocateBulk(some, 0, some.length));
        }
    }

    @BeforeEach
    void awaitTheEndOfOtherKeepers() throws InterruptedException {
        Eventually.holds(() -> !isKeeperThere(), "the end of the keeper of other tests");
    }

    @Test
    void aSmallCacheStartsNoThread() {
        try (SlabCache cache = builder().build()) {
            fill(cache, 5);
            assertFalse(isKeeperThere());
            cache.closeNow();
        }
    }

    @Test
    void aGrowingCacheHasOneWhichEndsWithIt() throws InterruptedException {
        try (SlabCache cache = builder().build()) {
            fill(cache, 20);
            assertTrue(isKeeperThere());
            Eventually.holds(() -> free(cache) > 33 * 1024, "a large slab");
            assertTrue(isKeeperThere(), "it stays, because it may be nudged");
            cache.closeNow();
        }
        Eventually.holds(() -> !isKeeperThere(), "the end of the thread");
    }

    /** At a pace that the keeper can follow, threads make the first slabs only. */
    @Test
    void mostSlabsAreMadeAheadOfNeed() throws InterruptedException {
        try (SlabCache cache = builder().build()) {
            for (int mebibytes = 1; mebibytes <= 150; mebibytes++) {
                fill(cache, mebibytes);
                long ahead = Math.min(cache.stats().totalObjects() / 4, 33 * 1024);
                Eventually.holds(() -> cache.stats().totalObjects() < 8 * 1024 || free(cache) >= ahead, "free objects");
            }
            assertTrue(cache.stats().growthStalls() <= 6, () -> cache.stats().toString());
            assertTrue(
                    cache.stats().reservedBytes() <= (150 + 2 * 33) * MEBIBYTE,
                    () -> cache.stats().toString());
            cache.closeNow();
        }
    }

    @Test
    void codeOfTheUserRunsOnThreadsOfTheUser() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        MemorySource source = (bytes, alignment) -> {
            threads.add(Thread.currentThread());
            return MemorySource.arena().allocate(bytes, alignment);
        };
        try (SlabCache sourced = builder().memory(source).build();
                SlabCache constructed = builder()
                        .constructor(object -> threads.add(Thread.currentThread()))
                        .build()) {
            fill(sourced, 20);
            fill(constructed, 20);
            assertFalse(isKeeperThere());
            assertEquals(Set.of(Thread.currentThread()), threads);
            sourced.closeNow();
            constructed.closeNow();
        }
    }

    @Test
    void aKeeperOfTheUserReplacesTheThread() {
        Keeper keeper = new Keeper();
        try (SlabCache cache = builder().keeper(keeper).build()) {
            assertEquals(0, keeper.doWork());
            fill(cache, 24);
            while (keeper.doWork() > 0) {}
            assertTrue(free(cache) >= 33 * 1024);
            assertFalse(isKeeperThere());
            cache.closeNow();
        }
        assertEquals(0, keeper.doWork());
    }

    @Test
    void whatWasGivenBackIsNotMadeAgain() throws InterruptedException {
        try (SlabCache cache = builder().build()) {
            long object = cache.allocateAddress();
            fill(cache, 30);
            Eventually.holds(() -> free(cache) >= 33 * 1024, "a large slab");
            cache.freeAddress(object);
            cache.flush();
            cache.shrink();
            long left = cache.stats().totalObjects();
            assertTrue(left < 33 * 1024, () -> left + " objects");
            cache.freeAddress(cache.allocateAddress());
            Thread.sleep(300);
            assertEquals(left, cache.stats().totalObjects());
            cache.closeNow();
        }
    }

    /** A trim that finds a slab unused, and a keeper that makes it anew, would go on for ever. */
    @Test
    void aTrimmedCacheComesToRest() throws InterruptedException {
        try (SlabCache cache = builder().trimAfter(Duration.ofMillis(20)).build()) {
            fill(cache, 30);
            long[] some = new long[100];
            int quiet = 0;
            for (int i = 0; quiet < 100 && i < 2_000; i++) {
                assertTrue(cache.allocateBulk(some, 0, some.length));
                cache.freeBulk(some, 0, some.length);
                cache.flush();
                Thread.sleep(3);
                quiet = cache.stats().totalObjects() < 33 * 1024 ? quiet + 1 : 0;
            }
            assertEquals(100, quiet, () -> cache.stats().toString());
            cache.closeNow();
        }
    }
}
