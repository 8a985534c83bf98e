package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.OtherThread;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Platform threads that run one after the other, with a check of what they leave behind. */
final class ShortThreads {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private static final int LOOKS = 20;

    /** Caches of dead threads may stay until another thread needs the objects, but only a few. */
    private static final int MOST_CACHES = 64;

    private static final long MOST_CACHE_HEAP = 1 << 20;

    /** Less than the trace of some thousand threads; allows for the work of the JVM and the test framework. */
    private static final long HEAP_NOISE = 2 << 20;

    private ShortThreads() {}

    /** The work of one thread. */
    interface Life {
        void live(int number);
    }

    /** Fails if the cache or the heap grow with the number of dead threads. */
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
