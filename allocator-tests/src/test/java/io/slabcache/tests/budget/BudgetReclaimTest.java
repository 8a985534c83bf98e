package io.slabcache.tests.budget;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.tests.support.OtherThread;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches with free memory give it back before another cache of their budget is refused. */
@Timeout(60)
class BudgetReclaimTest extends BudgetUser {
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
}
