package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads come and go; their cached objects come back, their live objects stay live. The check must catch a pool that
 * keeps the objects of dead threads.
 */
class ThreadEndTest {
    @ParameterizedTest(name = "lockless {0}")
    @ValueSource(booleans = {true, false})
    void theObjectsOfEndedThreadsReturn(boolean lockless) {
        try (SlabCache cache = SlabCache.builder("ends", 64).lockless(lockless).build()) {
            for (int round = 0; round < 20; round++) {
                Workers workers = new Workers();
                for (int i = 0; i < 8; i++) {
                    workers.platform(() -> allocateAndFree(cache, 300));
                }
                workers.run();
            }
            Healthy.checkNothingLive(cache);
            assertEquals(20 * 8 * 300, cache.stats().frees());
            cache.shrink();
            assertEquals(0, cache.stats().totalObjects());
            assertEquals(0, cache.stats().threadCaches());
        }
    }

    @Test
    void aStreamOfShortThreadsNeedsNoMoreMemoryThanAFew() {
        try (SlabCache cache =
                SlabCache.builder("ends", 64).magazineCapacity(64).build()) {
            for (int i = 0; i < 500; i++) {
                new Workers().platform(() -> allocateAndFree(cache, 100)).run();
            }
            Healthy.checkNothingLive(cache);
            assertTrue(cache.stats().totalObjects() <= 4_096, () -> "grew: " + cache.stats());
        }
    }

    @Test
    void aThreadMayEndBetweenAllocateAndFree() {
        try (SlabCache cache = SlabCache.builder("ends", 64).build()) {
            Queue<MemorySegment> left = new ConcurrentLinkedQueue<>();
            Workers workers = new Workers();
            for (int i = 0; i < 8; i++) {
                workers.platform(() -> left.add(cache.allocate()));
                workers.virtual(() -> left.add(cache.allocate()));
            }
            workers.run();
            cache.shrink();
            assertEquals(16, cache.stats().liveObjects());
            Healthy.check(cache);
            left.forEach(cache::free);
            Healthy.checkNothingLive(cache);
        }
    }

    /** Keeps the dead threads reachable, so that the collector does not find them. */
    private static void checkWhatTheDeadCachedIsThereAtOnce(SlabCache cache, Pool pool) {
        List<Thread> dead = new ArrayList<>();
        do {
            OtherThread.run(() -> {
                dead.add(Thread.currentThread());
                assertTrue(pool.prefill(1_000) > 0);
            });
        } while (cache.stats().cachedObjects() < cache.stats().totalObjects() && dead.size() < 100);
        long total = cache.stats().totalObjects();
        List<Long> objects = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            objects.add(pool.tryAllocate());
        }
        assertEquals(
                total, cache.stats().totalObjects(), "objects of all slabs: those of dead threads were passed over");
        assertEquals(total, objects.stream().distinct().count());
        objects.forEach(pool::free);
        Reference.reachabilityFence(dead);
    }

    @ParameterizedTest(name = "for a virtual thread {0}")
    @ValueSource(booleans = {true, false})
    void allObjectsMayBeCachedByTheDeadAndAreThereAtOnce(boolean virtual) {
        try (SlabCache cache = SlabCache.builder("ends", 64).build()) {
            Executable check = () -> checkWhatTheDeadCachedIsThereAtOnce(cache, Pool.of(cache));
            if (virtual) {
                OtherThread.runVirtual(check);
            } else {
                OtherThread.run(check);
            }
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aPoolThatKeepsObjectsOfDeadThreadsIsCaught() {
        SlabCache cache = SlabCache.builder("ends", 64).build();
        AssertionError caught = assertThrows(
                AssertionError.class, () -> checkWhatTheDeadCachedIsThereAtOnce(cache, new HoardingPool(cache)));
        assertTrue(caught.getMessage().contains("those of dead threads were passed over"), caught.getMessage());
        cache.closeNow();
    }

    private static void allocateAndFree(SlabCache cache, int count) {
        long[] addresses = new long[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = cache.allocateAddress();
        }
        for (long address : addresses) {
            cache.freeAddress(address);
        }
    }
}
