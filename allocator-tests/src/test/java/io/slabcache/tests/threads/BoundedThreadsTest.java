package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Working threads of a bounded cache have magazines, whatever earlier threads did. A thread has magazines if {@code
 * prefill} can promise it an object.
 */
@Timeout(120)
class BoundedThreadsTest {
    private static final int BURST = 32;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Far more than needed: other threads give way after some hundred visits of the slow path. */
    private static final int MOST_BURSTS = 100_000;

    private static SlabCache cache(long bound) {
        return SlabCache.builder("bounded", 64).maxObjects(bound).build();
    }

    private static void burst(SlabCache cache, int objects) {
        long[] addresses = new long[objects];
        int count = 0;
        while (count < objects && (addresses[count] = cache.tryAllocateAddress()) != 0) {
            count++;
        }
        for (int i = 0; i < count; i++) {
            cache.freeAddress(addresses[i]);
        }
    }

    /** Works until the caller has magazines; returns whether it got them. */
    private static boolean getsMagazines(SlabCache cache) {
        for (int i = 0; i < MOST_BURSTS; i++) {
            burst(cache, BURST);
            if (cache.prefill(1) == 1) {
                return true;
            }
        }
        return false;
    }

    /** Starts threads that each work and then wait with their cached objects, while another action runs. */
    private static void whileOthersWait(int threads, Runnable work, Executable then) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.ofPlatform().daemon().start(() -> {
                work.run();
                ready.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        ready.await();
        try {
            OtherThread.run(then);
        } finally {
            mayEnd.countDown();
            for (Thread thread : all) {
                thread.join();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1024, 4096})
    void idleThreadsGiveWay(int bound) throws Exception {
        try (SlabCache cache = cache(bound)) {
            whileOthersWait(
                    16, () -> burst(cache, BURST), () -> assertTrue(getsMagazines(cache), "the idle ones have all"));
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1024, 4096})
    void flushedThreadsGiveWayAtOnce(int bound) throws Exception {
        try (SlabCache cache = cache(bound)) {
            Runnable useAndFlush = () -> {
                cache.free(cache.allocate());
                cache.flush();
            };
            whileOthersWait(16, useAndFlush, () -> {
                assertEquals(0, cache.stats().threadCaches());
                cache.free(cache.allocate());
                assertEquals(1, cache.prefill(1), "the flushed ones have all");
            });
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1024, 4096})
    void aSecondGenerationOfThreadsHasMagazinesToo(int bound) throws Exception {
        try (SlabCache cache = cache(bound)) {
            for (int generation = 0; generation < 3; generation++) {
                assertAllGetMagazines(cache, 4 * PROCESSORS);
            }
            Healthy.checkNothingLive(cache);
        }
    }

    /** No thread waits: those that have too much must find out for themselves. */
    private static void assertAllGetMagazines(SlabCache cache, int threads) throws Exception {
        AtomicInteger with = new AtomicInteger();
        AtomicInteger without = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.ofPlatform().start(() -> {
                boolean has = getsMagazines(cache);
                (has ? with : without).incrementAndGet();
                while (has && with.get() < threads && without.get() == 0) {
                    burst(cache, BURST);
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertEquals(threads, with.get(), "threads with magazines");
    }

    @Test
    void everyThreadUpToFourPerProcessorHasMagazinesFrom256ObjectsOn() throws Exception {
        int threads = 4 * PROCESSORS;
        try (SlabCache cache = cache(Math.max(256, 32L * threads))) {
            assertAllGetMagazines(cache, threads);
            Healthy.checkNothingLive(cache);
        }
    }

    /** Visits beyond the magazines measure the cost of a pair: there are none once the threads have magazines. */
    @ParameterizedTest
    @ValueSource(ints = {1024, 4096, 16384})
    void burstsStayWithinTheMagazinesThoughIdleThreadsHadThemAll(int bound) throws Exception {
        try (SlabCache cache = cache(bound)) {
            whileOthersWait(16, () -> burst(cache, BURST), () -> {
                for (int i = 0; i < 20_000; i++) {
                    burst(cache, BURST);
                }
                SlabCacheStats before = cache.stats();
                for (int i = 0; i < 1_000; i++) {
                    burst(cache, BURST);
                }
                SlabCacheStats after = cache.stats();
                long visits = after.refills()
                        - before.refills()
                        + (after.flushes() - before.flushes())
                        + (after.depotGets() - before.depotGets())
                        + (after.depotPuts() - before.depotPuts());
                assertTrue(cache.prefill(1) == 1 && visits <= 1_000, visits + " visits in 1,000 bursts");
            });
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void threeQuartersAreThereWhileOthersWorkAndAllOnceTheyHaveEnded() throws Exception {
        int bound = 1000;
        try (SlabCache cache = cache(bound)) {
            AtomicBoolean isOver = new AtomicBoolean();
            List<Thread> workers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                workers.add(Thread.ofPlatform().start(() -> {
                    while (!isOver.get()) {
                        long address = cache.tryAllocateAddress();
                        if (address != 0) {
                            cache.freeAddress(address);
                        }
                    }
                }));
            }
            try {
                for (int round = 0; round < 50; round++) {
                    // The workers have at most one object each.
                    assertTrue(allocateAll(cache) >= bound - bound / 4 - workers.size());
                }
            } finally {
                isOver.set(true);
                for (Thread worker : workers) {
                    worker.join();
                }
            }
            assertEquals(bound, allocateAll(cache));
            Healthy.checkNothingLive(cache);
        }
    }

    private static int allocateAll(SlabCache cache) {
        List<Long> all = new ArrayList<>();
        for (long address; (address = cache.tryAllocateAddress()) != 0; ) {
            all.add(address);
        }
        all.forEach(cache::freeAddress);
        return all.size();
    }
}
