package io.slabcache.tests.threads;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.NonNegative;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics, shrink and close while others allocate: only documented exceptions, and consistent numbers. */
class DisturbanceTest {
    private static final int BURSTS = 1_500;
    private static final int BURST = 200;

    @ParameterizedTest(name = "lockless {0}")
    @ValueSource(booleans = {true, false})
    void statisticsAndShrinkDisturbNoThread(boolean lockless) {
        try (SlabCache cache = SlabCache.builder("disturbed", 64)
                .lockless(lockless)
                .slabBytes(64 * 64)
                .build()) {
            AtomicInteger working = new AtomicInteger(3);
            AtomicInteger looks = new AtomicInteger();
            new Workers()
                    .platform(() -> allocateAndFree(cache, working))
                    .platform(() -> allocateAndFree(cache, working))
                    .virtual(() -> allocateAndFree(cache, working))
                    .platform(() -> {
                        do {
                            SlabCacheStats stats = cache.stats();
                            NonNegative.check(stats);
                            assertEquals(stats.frees() + stats.liveObjects(), stats.allocations());
                            assertTrue(cache.shrink() >= 0);
                            looks.incrementAndGet();
                        } while (working.get() > 0);
                    })
                    .run();
            assertTrue(looks.get() > 0);
            Healthy.checkNothingLive(cache);
            assertEquals(3L * BURSTS * BURST, cache.stats().allocations());
        }
    }

    private static void allocateAndFree(SlabCache cache, AtomicInteger working) {
        try {
            MemorySegment[] objects = new MemorySegment[BURST];
            for (int i = 0; i < BURSTS; i++) {
                for (int j = 0; j < BURST; j++) {
                    objects[j] = cache.allocate();
                    objects[j].set(ValueLayout.JAVA_INT, 0, j);
                }
                for (int j = 0; j < BURST; j++) {
                    assertEquals(j, objects[j].get(ValueLayout.JAVA_INT, 0));
                    cache.free(objects[j]);
                }
                cache.flush();
            }
        } finally {
            working.decrementAndGet();
        }
    }

    @ParameterizedTest(name = "lockless {0}")
    @ValueSource(booleans = {true, false})
    void closeIsRefusedWhileAThreadHoldsAnObject(boolean lockless) {
        try (SlabCache cache =
                SlabCache.builder("disturbed", 64).lockless(lockless).build()) {
            long kept = cache.allocateAddress();
            AtomicInteger working = new AtomicInteger(2);
            AtomicInteger refusals = new AtomicInteger();
            new Workers()
                    .platform(() -> allocateAndFree(cache, working))
                    .virtual(() -> allocateAndFree(cache, working))
                    .platform(() -> {
                        do {
                            LiveObjectsException refused = assertThrows(LiveObjectsException.class, cache::close);
                            assertTrue(refused.liveObjects() >= 1);
                            refusals.incrementAndGet();
                        } while (working.get() > 0);
                    })
                    .run();
            assertTrue(refusals.get() > 0);
            cache.freeAddress(kept);
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest(name = "lockless {0}")
    @ValueSource(booleans = {true, false})
    void callsAfterTheCloseAreRefused(boolean lockless) {
        for (int round = 0; round < 20; round++) {
            SlabCache cache =
                    SlabCache.builder("disturbed", 64).lockless(lockless).build();
            CountDownLatch going = new CountDownLatch(2);
            AtomicInteger told = new AtomicInteger();
            new Workers()
                    .platform(() -> allocateUntilClosed(cache, going, told))
                    .virtual(() -> allocateUntilClosed(cache, going, told))
                    .platform(() -> {
                        going.await();
                        cache.closeNow();
                    })
                    .run();
            assertEquals(2, told.get());
            assertEquals(0, cache.stats().reservedBytes());
        }
    }

    private static void allocateUntilClosed(SlabCache cache, CountDownLatch going, AtomicInteger told) {
        IllegalStateException end = assertThrows(IllegalStateException.class, () -> {
            while (true) {
                long address = cache.allocateAddress();
                going.countDown();
                cache.freeAddress(address);
            }
        });
        assertFalse(end instanceof LiveObjectsException);
        assertTrue(withoutIds(end.getMessage()).contains("cache 'disturbed' is closed"), end.getMessage());
        told.incrementAndGet();
    }

    @Test
    void ofManyClosersAllReturnAndTheMemoryIsGivenBack() {
        for (int round = 0; round < 50; round++) {
            SlabCache cache = SlabCache.builder("disturbed", 64).build();
            cache.free(cache.allocate());
            AtomicBoolean returned = new AtomicBoolean();
            new Workers()
                    .platform(cache::close)
                    .platform(cache::closeNow)
                    .platform(() -> {
                        cache.close();
                        returned.set(true);
                    })
                    .run();
            assertTrue(returned.get());
            assertEquals(0, cache.stats().reservedBytes());
        }
    }

    @Test
    void anInterruptedThreadAllocatesAndFreesAndStaysInterrupted() {
        try (SlabCache cache = SlabCache.builder("disturbed", 64).build()) {
            new Workers()
                    .platform(() -> assertUnaffectedByInterrupt(cache))
                    .virtual(() -> assertUnaffectedByInterrupt(cache))
                    .run();
            Healthy.checkNothingLive(cache);
        }
    }

    private static void assertUnaffectedByInterrupt(SlabCache cache) {
        Thread.currentThread().interrupt();
        long[] addresses = new long[1_000];
        assertTrue(cache.allocateBulk(addresses, 0, 1_000));
        cache.freeBulk(addresses, 0, 1_000);
        assertTrue(Thread.interrupted());
    }
}
