package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import org.junit.jupiter.api.Test;

/**
 * Dead threads are removed even if no allocation makes the cache look for them: the slabs have enough objects, or the
 * threads never needed one.
 */
class DeadCachesTest {
    private static final int THREADS = 2_000;

    /** Enough to be visible on the heap. */
    private static final int THREADS_WITHOUT_MAGAZINES = 6_000;

    private static void check(SlabCache cache, int threads, ShortThreads.Life life) {
        try (cache) {
            ShortThreads.check(cache, threads, life);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void cachesOfThreadsThatOnlyAskedForALocalCacheAreRemoved() {
        SlabCache cache = SlabCache.builder("dead", 64).build();
        check(cache, THREADS, number -> cache.local());
    }

    @Test
    void cachesOfThreadsThatFlushedAreRemoved() {
        SlabCache cache = SlabCache.builder("dead", 64).build();
        check(cache, THREADS, number -> {
            cache.free(cache.allocate());
            cache.flush();
        });
    }

    /** Their live objects come back through the depot, so no refill is ever needed. */
    @Test
    void cachesOfThreadsThatAllocateForOthersAreRemoved() {
        int magazine = 256;
        SlabCache cache =
                SlabCache.builder("dead", 64).magazineCapacity(magazine).build();
        long[] objects = new long[magazine];
        check(cache, THREADS, number -> {
            if (number % 2 == 0) {
                cache.allocateBulk(objects, 0, magazine);
            } else {
                cache.freeBulk(objects, 0, magazine);
                cache.flush();
            }
        });
    }

    /** Their caches have no magazines, so statistics do not show them; the heap does. */
    @Test
    void cachesOfThreadsWithoutMagazinesAreRemoved() {
        SlabCache cache = SlabCache.builder("dead", 64).maxObjects(1_000).build();
        // This thread lives on with the only magazines that the bound allows.
        cache.free(cache.allocate());
        check(cache, THREADS_WITHOUT_MAGAZINES, number -> cache.free(cache.allocate()));
    }
}
