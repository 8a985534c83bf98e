package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No object is lost or has two owners when ten thousand virtual threads block while they hold objects. */
class VirtualThreadsTest {
    private static final int THREADS = 10_000;
    private static final int ROUNDS = 5;

    @ParameterizedTest(name = "lockless {0}, at most {1} live")
    @CsvSource({"true, 10000", "true, 200", "false, 10000"})
    void noObjectIsLostOrShared(boolean lockless, int live) {
        try (SlabCache cache =
                SlabCache.builder("virtual", 32).lockless(lockless).build()) {
            Semaphore permits = new Semaphore(live);
            Workers workers = new Workers();
            for (int i = 0; i < THREADS; i++) {
                long owner = i;
                workers.virtual(() -> work(cache, permits, owner));
            }
            workers.run();
            Healthy.checkNothingLive(cache);
            assertEquals((long) THREADS * ROUNDS, cache.stats().frees());
            assertTrue(
                    cache.stats().threadCaches() <= 8 * Runtime.getRuntime().availableProcessors() + 1,
                    () -> "caches: " + cache.stats().threadCaches());
            cache.shrink();
            assertEquals(0, cache.stats().totalObjects());
        }
    }

    private static void work(SlabCache cache, Semaphore permits, long owner) throws InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            permits.acquire();
            try {
                MemorySegment object = cache.allocate();
                Cookies.write(object, owner);
                Thread.yield();
                Cookies.check(object, owner);
                cache.free(object);
            } finally {
                permits.release();
            }
        }
    }
}
