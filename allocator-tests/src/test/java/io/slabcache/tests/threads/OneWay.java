package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Healthy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** One thread allocates for long; others free its objects, one batch behind. */
final class OneWay {
    private static final int ROUNDS = 1_000;
    private static final int BATCH = 700;
    private static final int CAPACITY = 16;

    /** The number of full magazines that the depot keeps. */
    private static final int DEPOT = 16;

    /** Objects of the first slab; each further slab at most doubles the cache. */
    private static final int FIRST_SLAB = 4_096;

    private final SlabCache cache;
    private final Pool pool;

    OneWay(SlabCache cache, Pool pool) {
        this.cache = cache;
        this.pool = pool;
    }

    static SlabCache cache(boolean lockless) {
        return SlabCache.builder("one-way", 64)
                .lockless(lockless)
                .magazineCapacity(CAPACITY)
                .build();
    }

    /** Fails if the cache keeps more for its threads than they can hold. */
    void check(ExecutorService freeing) throws Exception {
        Future<?> freed = freeing.submit(() -> {});
        for (int round = 0; round < ROUNDS; round++) {
            long[] batch = new long[BATCH];
            for (int i = 0; i < BATCH; i++) {
                batch[i] = pool.tryAllocate();
            }
            freed.get();
            checkBounded(cache.stats());
            freed = freeing.submit(() -> freeAll(batch));
        }
        freed.get();
        Healthy.checkNothingLive(cache);
        assertEquals((long) ROUNDS * BATCH, cache.stats().frees());
    }

    private void freeAll(long[] objects) {
        for (long object : objects) {
            pool.free(object);
        }
    }

    /** Call this while no thread is inside the cache; one batch is in transit. */
    private static void checkBounded(SlabCacheStats stats) {
        long byThreads = stats.threadCaches() * (2L * CAPACITY + 1);
        long byDepot = DEPOT * CAPACITY;
        int processors = Runtime.getRuntime().availableProcessors();
        assertEquals(BATCH, stats.liveObjects(), () -> "live objects: " + stats);
        assertTrue(stats.threadCaches() <= 2 + 4 * processors, () -> "caches pile up: " + stats);
        assertTrue(stats.cachedObjects() <= byThreads + byDepot, () -> "cached objects pile up: " + stats);
        assertTrue(stats.depotPuts() - stats.depotGets() <= DEPOT, () -> "magazines pile up: " + stats);
        assertTrue(
                stats.totalObjects() <= Math.max(FIRST_SLAB, 2 * (2 * BATCH + byThreads + byDepot)),
                () -> "slabs pile up: " + stats);
    }
}
