package io.slabcache.tests.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Keeper;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Collector;
import io.slabcache.tests.support.Eventually;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.ScriptedSource;
import io.slabcache.tests.support.Workers;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A keeper makes slabs ahead of need, on its own thread or on that of the user, and no call waits for it. */
@Timeout(120)
class KeeperTest {
    private static final String NAME = "slabcache-keeper";
    private static final int MEBIBYTE = 1 << 20;

    private static SlabCacheBuilder builder() {
        return SlabCache.builder("kept", 1024);
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

    private static void doAllWork(Keeper keeper) {
        while (keeper.doWork() > 0) {}
    }

    @Test
    void itKeepsObjectsReady() {
        try (SlabCache cache = builder().growAhead(10_000).build()) {
            Eventually.holds(() -> cache.stats().totalObjects() >= 10_000, "objects ahead of the first call");
            long[] some = new long[500];
            for (int i = 0; i < 60; i++) {
                assertTrue(cache.allocateBulk(some, 0, some.length));
                Eventually.holds(
                        () -> cache.stats().totalObjects() - cache.stats().liveObjects() >= 10_000, "more");
            }
            assertEquals(0, cache.stats().growthStalls());
            cache.closeNow();
        }
    }

    @Test
    void aShrinkLetsGoOfTheLargeSlabThatWasWanted() {
        Keeper keeper = new Keeper();
        try (SlabCache cache = builder().growAhead(1).keeper(keeper).build()) {
            long[] objects = new long[20 * 1024];
            assertTrue(cache.allocateBulk(objects, 0, objects.length));
            cache.freeBulk(objects, 0, objects.length);
            cache.flush();
            cache.shrink();
            doAllWork(keeper);
            assertTrue(cache.stats().reservedBytes() <= 4 * MEBIBYTE, "one object is kept ready, in a first slab");
            assertTrue(cache.allocateBulk(objects, 0, objects.length));
            doAllWork(keeper);
            assertTrue(free(cache) > 4 * 1024, "a large slab for a cache that is in use");
            cache.closeNow();
        }
    }

    @Test
    void aCacheWithoutAKeeperStalls() {
        try (SlabCache cache = builder().constructor(object -> {}).build()) {
            for (int i = 0; i < 60; i++) {
                assertTrue(cache.allocateBulk(new long[500], 0, 500));
            }
            assertTrue(cache.stats().growthStalls() > 0);
            assertTrue(cache.stats().longestGrowthStall() > 0);
            cache.closeNow();
        }
    }

    @Test
    void aCacheGetsLargeSlabsFromTheKeeperAndSmallOnesFromThreads() {
        try (SlabCache cache = builder().growAhead(1).build()) {
            long before = 0;
            while (cache.stats().reservedBytes() <= 40 * MEBIBYTE) {
                cache.allocateAddress();
                before = Math.max(before, cache.stats().reservedBytes());
            }
            Eventually.holds(() -> cache.stats().totalObjects() - cache.stats().liveObjects() > 4 * 1024, "a slab");
            cache.closeNow();
        }
        Eventually.holds(() -> !isKeeperThere(), "the end of the keeper's thread");
    }

    @Test
    void atTheBoundItStops() {
        Keeper keeper = new Keeper();
        ScriptedSource source = new ScriptedSource();
        try (SlabCache cache = builder()
                .maxObjects(1000)
                .growAhead(5000)
                .memory(source)
                .keeper(keeper)
                .build()) {
            doAllWork(keeper);
            assertEquals(1000, cache.stats().totalObjects());
            int made = source.made();
            long[] all = new long[1000];
            assertTrue(cache.allocateBulk(all, 0, 1000));
            assertFalse(cache.allocateBulk(new long[1], 0, 1));
            assertEquals(0, keeper.doWork());
            cache.freeBulk(all, 0, 1000);
            assertEquals(0, keeper.doWork());
            assertEquals(made, source.made());
        }
    }

    @Test
    void theUsersKeeperWorksOnTheThreadOfTheCaller() {
        Eventually.holds(() -> !isKeeperThere(), "the end of the keeper of other tests");
        Keeper keeper = new Keeper();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        MemorySource source = (bytes, alignment) -> {
            threads.add(Thread.currentThread());
            return MemorySource.arena().allocate(bytes, alignment);
        };
        try (SlabCache cache = builder()
                        .growAhead(100)
                        .memory(source)
                        .constructor(object -> threads.add(Thread.currentThread()))
                        .keeper(keeper)
                        .build();
                SlabCache plain = builder().growAhead(1).keeper(keeper).build()) {
            assertEquals(0, cache.stats().totalObjects());
            assertTrue(keeper.doWork() > 0);
            assertTrue(cache.stats().totalObjects() >= 100);
            assertEquals(Set.of(Thread.currentThread()), threads);
            while (plain.stats().reservedBytes() < 24 * MEBIBYTE) {
                plain.allocateAddress();
            }
            long small = plain.stats().reservedBytes();
            assertEquals(1, keeper.doWork());
            assertTrue(plain.stats().reservedBytes() - small > 8 * MEBIBYTE, "a large slab");
            assertFalse(isKeeperThere());
            plain.closeNow();
        }
        assertEquals(0, keeper.doWork());
    }

    @Test
    void twoThreadsMayDriveOneKeeper() {
        Keeper keeper = new Keeper();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        MemorySource source = (bytes, alignment) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            inside.decrementAndGet();
            return MemorySource.arena().allocate(bytes, alignment);
        };
        try (SlabCache cache = builder()
                .slabBytes(64 << 10)
                .memory(source)
                .growAhead(20_000)
                .keeper(keeper)
                .build()) {
            new Workers()
                    .platform(() -> doAllWork(keeper))
                    .platform(() -> doAllWork(keeper))
                    .virtual(() -> doAllWork(keeper))
                    .run();
            doAllWork(keeper);
            assertEquals(1, most.get(), "one at a time");
            assertTrue(free(cache) >= 20_000);
            assertTrue(free(cache) < 20_000 + 64);
        }
    }

    @Test
    void itDoesNotKeepACacheReachable() {
        Keeper keeper = new Keeper();
        try (LogCapture log = new LogCapture()) {
            WeakReference<SlabCache> cache =
                    new WeakReference<>(builder().growAhead(10).keeper(keeper).build());
            WeakReference<SlabCache> ofTheThread =
                    new WeakReference<>(builder().growAhead(10).build());
            doAllWork(keeper);
            Collector.collectUntil(() -> cache.refersTo(null) && ofTheThread.refersTo(null));
            assertEquals(0, keeper.doWork());
            // Each says that it was not closed, unless it was collected before its keeper made a slab.
            assertTrue(log.records().size() <= 2, () -> log.records().size() + " lines");
        }
        Eventually.holds(() -> !isKeeperThere(), "the end of the keeper's thread");
    }

    @Test
    void theThreadIsSharedAndADaemon() {
        try (SlabCache one = builder().growAhead(10).build();
                SlabCache other = builder().growAhead(10).build()) {
            Eventually.holds(() -> one.stats().slabs() + other.stats().slabs() == 2, "slabs of both");
            Thread[] found = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(NAME))
                    .toArray(Thread[]::new);
            assertEquals(1, found.length);
            assertTrue(found[0].isDaemon());
            assertSame(null, found[0].getContextClassLoader());
        }
    }
}
