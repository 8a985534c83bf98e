package io.slabcache.tests.budget;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.Arena;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches with free memory give it back before another cache of their budget is refused. */
@Timeout(60)
class BudgetReclaimTest {
    private static final int OBJECTS = 64;
    private static final long SLAB_BYTES = 64 * OBJECTS;

    /** With the cost of its alignment. */
    private static final long REGION_BYTES = SLAB_BYTES + 48;

    private static final int SLABS = 10;

    private final MemoryBudget budget = MemoryBudget.ofBytes(SLABS * REGION_BYTES);
    private final MemorySource memory = budget.limit(MemorySource.arena());

    private SlabCache cache(String name) {
        return SlabCache.builder(name, 64).slabBytes(SLAB_BYTES).memory(memory).build();
    }

    /** Allocates objects for whole slabs. */
    private static long[] take(SlabCache cache, int slabs) {
        long[] objects = new long[slabs * OBJECTS];
        assertTrue(cache.allocateBulk(objects, 0, objects.length));
        return objects;
    }

    private static void free(SlabCache cache, long[] objects) {
        cache.freeBulk(objects, 0, objects.length);
    }

    @Test
    void emptySlabsServeAnotherCacheOneForEachGrowth() {
        try (SlabCache rich = cache("rich");
                SlabCache poor = cache("poor")) {
            free(rich, take(rich, SLABS));
            rich.flush();
            assertEquals(budget.limitBytes(), budget.usedBytes());
            for (int slabs = 1; slabs <= 5; slabs++) {
                take(poor, 1);
                assertEquals(SLABS - slabs, rich.stats().slabs());
                assertEquals(slabs, poor.stats().slabs());
                assertEquals(budget.limitBytes(), budget.usedBytes());
            }
            poor.closeNow();
        }
        assertEquals(0, budget.usedBytes());
    }

    /** A call gets no more than one region of others, even if it then fails. */
    @Test
    void aCallThatNeedsMoreThanOneRegionTakesOneAndIsRefused() {
        try (SlabCache rich = cache("rich");
                SlabCache large = SlabCache.builder("large", SLAB_BYTES * 2)
                        .memory(memory)
                        .slabBytes(SLAB_BYTES * 2)
                        .build()) {
            free(rich, take(rich, SLABS));
            rich.flush();
            assertNull(large.tryAllocate());
            assertEquals(SLABS - 1, rich.stats().slabs());
            long object = large.tryAllocateAddress();
            assertNotEquals(0, object);
            assertEquals(SLABS - 2, rich.stats().slabs());
            large.freeAddress(object);
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void whatTheCallerItselfHasCachedElsewhereServesIt() {
        try (SlabCache one = cache("one");
                SlabCache other = cache("other")) {
            for (int round = 0; round < 5; round++) {
                free(one, take(one, SLABS));
                free(other, take(other, SLABS));
            }
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void whatAPrefillHasPromisedStays() {
        try (SlabCache one = cache("one");
                SlabCache other = cache("other")) {
            long[] objects = take(other, SLABS - 1);
            int promised = one.prefill(10);
            assertEquals(10, promised);
            assertNull(other.tryAllocate());
            for (int i = 0; i < promised; i++) {
                assertNotEquals(0, one.tryAllocateAddressCached());
            }
            free(other, objects);
            one.closeNow();
        }
    }

    @Test
    void objectsOfEndedAndVirtualThreadsServe() throws Throwable {
        try (SlabCache rich = cache("rich");
                SlabCache poor = cache("poor")) {
            OtherThread.run(() -> free(rich, take(rich, SLABS)));
            free(poor, take(poor, SLABS));
            poor.flush();
            OtherThread.runVirtual(() -> free(rich, take(rich, SLABS)));
            take(poor, SLABS);
            poor.closeNow();
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void objectsOfAThreadThatWaitsServeTheSecondCall() throws Exception {
        CountDownLatch cached = new CountDownLatch(1);
        try (SlabCache rich = cache("rich");
                SlabCache poor = cache("poor")) {
            Thread waiting = Thread.ofPlatform().start(() -> {
                free(rich, take(rich, SLABS));
                cached.countDown();
                while (!Thread.interrupted()) {
                    LockSupport.park();
                }
            });
            try {
                cached.await();
                long[] object = new long[1];
                boolean served = false;
                for (int call = 0; call < 1_000 && !served; call++) {
                    served = poor.allocateBulk(object, 0, 1);
                    Thread.sleep(1);
                }
                assertTrue(served);
                poor.freeAddress(object[0]);
            } finally {
                waiting.interrupt();
                waiting.join();
            }
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aDebuggedCacheGivesItsQuarantine() {
        try (SlabCache rich = SlabCache.builder("rich", 64)
                        .slabBytes(SLAB_BYTES)
                        .debug(Debug.SANITY, Debug.POISON)
                        .memory(memory)
                        .build();
                SlabCache poor = cache("poor")) {
            free(rich, take(rich, SLABS));
            free(poor, take(poor, SLABS));
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void liveObjectsStayWhereTheyAre() {
        try (SlabCache rich = cache("rich");
                SlabCache poor = cache("poor")) {
            long[] live = take(rich, SLABS);
            for (int i = 0; i < 100; i++) {
                assertNull(poor.tryAllocate());
            }
            assertEquals(live.length, rich.stats().liveObjects());
            assertSays(
                    assertThrows(OutOfMemoryError.class, poor::allocate).getMessage(),
                    "cache 'poor' cannot grow",
                    "cache 'rich' " + budget.limitBytes());
            free(rich, live);
            poor.freeAddress(poor.allocateAddress());
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aClosedCacheHasReturnedEverything() {
        SlabCache closed = cache("closed");
        take(closed, SLABS);
        closed.closeNow();
        assertEquals(0, budget.usedBytes());
        try (SlabCache next = cache("next")) {
            free(next, take(next, SLABS));
            assertFalse(assertThrows(OutOfMemoryError.class, () -> {
                        while (true) {
                            next.allocate();
                        }
                    })
                    .getMessage()
                    .contains("closed"));
            next.closeNow();
        }
    }

    @Test
    void memoryOnLeaseStaysCountedUntilTheSecondClose() {
        SlabCache cache = cache("leased");
        Lease lease = cache.allocateLeased();
        assertThrows(IllegalStateException.class, cache::closeNow);
        assertEquals(REGION_BYTES, budget.usedBytes());
        // Says that the cache is closed, and ends the lease.
        assertThrows(IllegalStateException.class, lease::close);
        cache.close();
        assertEquals(0, budget.usedBytes());
    }

    /** The caller has nothing to do with the cache whose region fails. */
    @Test
    void aRegionThatCannotBeClosedDoesNotDisturbTheCaller() {
        MemorySource failing = budget.limit((bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return new ScriptedSource.Region(region.segment(), () -> {
                throw new UnsupportedOperationException("never");
            });
        });
        try (LogCapture log = new LogCapture();
                SlabCache poor = cache("poor")) {
            SlabCache bad = SlabCache.builder("bad", 64)
                    .slabBytes(SLAB_BYTES)
                    .memory(failing)
                    .build();
            free(bad, take(bad, 2));
            bad.flush();
            long[] objects = take(poor, SLABS - 2);
            assertNull(poor.tryAllocate());
            assertNull(poor.tryAllocate());
            assertNull(poor.tryAllocate());
            assertEquals(0, bad.stats().slabs());
            assertEquals(1, log.records().size());
            // The regions of the failing source have no overhead.
            assertEquals((SLABS - 2) * REGION_BYTES + 2 * SLAB_BYTES, budget.usedBytes());
            free(poor, objects);
            bad.close();
        }
        assertEquals(2 * SLAB_BYTES, budget.usedBytes());
    }

    /** Regions under a budget are looked at as without one. */
    @Test
    void aRegionThatIsGivenTwiceOrSharesItsArenaIsRefused() {
        Arena arena = Arena.ofShared();
        MemoryRegion twice = MemoryRegion.of(arena, arena.allocate(SLAB_BYTES, 64));
        assertRefusesTheSecond((bytes, alignment) -> twice, "overlaps the live region");
        Arena shared = Arena.ofShared();
        assertRefusesTheSecond(
                (bytes, alignment) -> MemoryRegion.of(shared, shared.allocate(bytes, alignment)),
                "ends together with a live slab");
    }

    private void assertRefusesTheSecond(MemorySource source, String why) {
        SlabCache cache = SlabCache.builder("bad", 64)
                .slabBytes(SLAB_BYTES)
                .memory(budget.limit(source))
                .build();
        long[] objects = take(cache, 1);
        assertSays(assertThrows(IllegalStateException.class, cache::tryAllocate).getMessage(), why);
        assertEquals(OBJECTS, cache.stats().liveObjects());
        cache.segment(objects[0]).fill((byte) 1);
        cache.closeNow();
    }

    @Test
    void anAbandonedCacheIsCollectedAndItsMemoryNamed() throws InterruptedException {
        try (LogCapture log = new LogCapture();
                SlabCache poor = cache("poor")) {
            WeakReference<SlabCache> abandoned = abandon();
            for (int i = 0; i < 200 && abandoned.get() != null; i++) {
                System.gc();
                Thread.sleep(10);
            }
            assertNull(abandoned.get());
            String message = "";
            for (int i = 0; i < 200 && !message.contains("abandoned)"); i++) {
                System.gc();
                Thread.sleep(10);
                take(poor, SLABS - 4 - poor.stats().slabs());
                message = assertThrows(OutOfMemoryError.class, poor::allocate).getMessage();
            }
            assertSays(message, "cache 'abandoned' " + 4 * REGION_BYTES + " (closed or abandoned)");
            assertEquals(budget.limitBytes(), budget.usedBytes());
            assertEquals(
                    1,
                    log.records().stream()
                            .filter(record -> record.getMessage().contains("cache 'abandoned'"))
                            .count());
            poor.closeNow();
        }
        assertEquals(4 * REGION_BYTES, budget.usedBytes());
    }

    private WeakReference<SlabCache> abandon() {
        SlabCache cache = cache("abandoned");
        take(cache, 4);
        return new WeakReference<>(cache);
    }
}
