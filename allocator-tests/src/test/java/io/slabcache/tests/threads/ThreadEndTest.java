package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads come and go; what they had cached comes back, what they left live stays live. */
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
