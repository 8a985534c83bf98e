package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.OtherThread;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Platform threads that live one after the other, and a look at what they leave behind. */
final class ShortThreads {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private static final int LOOKS = 20;

    /** Dead threads may keep their caches until somebody needs the objects, but not many of them. */
    private static final int MOST_CACHES = 64;

    private static final long MOST_CACHE_HEAP = 1 << 20;

    /** Less than any trace that each of some thousand threads leaves: the JVM and the test framework do their own work. */
    private static final long HEAP_NOISE = 2 << 20;

    private ShortThreads() {}

    /** What one thread does with its life. */
    interface Life {
        void live(int number);
    }

    /** Fails if the cache or the heap grow with the number of threads that are dead. */
    static void check(SlabCache cache, int threads, Life life) {
        int run = threads / LOOKS;
        run(0, run, life);
        long reserved = cache.stats().reservedBytes();
        long heap = usedHeap();
        for (int look = 1; look < LOOKS; look++) {
            run(look * run, run, life);
            SlabCacheStats stats = cache.stats();
            assertEquals(reserved, stats.reservedBytes(), () -> "off-heap memory grew: " + stats);
            assertTrue(stats.threadCaches() <= MOST_CACHES, () -> "dead threads keep their caches: " + stats);
            assertTrue(stats.heapBytes() <= MOST_CACHE_HEAP, () -> "magazines of dead threads pile up: " + stats);
        }
        long grown = usedHeap() - heap;
        assertTrue(grown <= HEAP_NOISE, () -> "heap grew by " + grown + " bytes: " + cache.stats());
    }

    private static void run(int first, int count, Life life) {
        for (int i = first; i < first + count; i++) {
            int number = i;
            OtherThread.run(() -> life.live(number));
        }
    }

    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            MEMORY.gc();
            least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
