package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Caches must not keep dead threads on the heap, nor the state of threads in a closed cache. The measurement must find
 * a thread that is kept on purpose.
 */
// Another thread would change the size of the heap.
@Isolated
@Timeout(60)
class KeptHeapTest {
    private static final int CACHES = 100;
    private static final int THREADS = 30;

    private static final class ThreadLocals {
        static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();
    }

    private static void collect(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
    }

    /** Returns the object that a dead thread had inherited, and its class loader. */
    private static List<WeakReference<?>> liveAndDie(SlabCache cache) throws InterruptedException {
        Object inherited = new Object();
        ClassLoader loader = new URLClassLoader(new URL[0]);
        ThreadLocals.INHERITED.set(inherited);
        Thread thread = Thread.ofPlatform().unstarted(() -> cache.free(cache.allocate()));
        ThreadLocals.INHERITED.remove();
        thread.setContextClassLoader(loader);
        thread.start();
        thread.join();
        return List.of(new WeakReference<>(inherited), new WeakReference<>(loader), new WeakReference<>(thread));
    }

    @Test
    void aDeadThreadIsNotKept() throws InterruptedException {
        try (SlabCache cache = SlabCache.builder("dead", 64).build()) {
            for (WeakReference<?> left : liveAndDie(cache)) {
                collect(left);
                assertNull(left.get());
            }
            assertEquals(1, cache.stats().threadCaches());
            cache.shrink();
            assertEquals(0, cache.stats().cachedObjects(), "what it had cached comes back all the same");
        }
    }

    /** Known bad: a user's own table of threads. */
    @Test
    void aThreadThatIsKeptIsFound() throws InterruptedException {
        List<Thread> kept = new ArrayList<>();
        WeakReference<?> left;
        try (SlabCache cache = SlabCache.builder("dead", 64).build()) {
            left = liveAndDie(cache).get(2);
            kept.add((Thread) left.get());
        }
        System.gc();
        assertNotNull(left.get());
        kept.clear();
    }

    private static long usedHeap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Uses caches from several threads that live on, closes them, and returns the heap that is kept for each. */
    private static long keptPerCache(boolean closed) throws InterruptedException {
        CountDownLatch used = new CountDownLatch(4);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<SlabCache> caches = new ArrayList<>();
        long before = usedHeap();
        for (int i = 0; i < CACHES; i++) {
            caches.add(SlabCache.builder("closed", 64).build());
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (SlabCache cache : caches) {
                    MemorySegment[] objects = new MemorySegment[600];
                    Arrays.setAll(objects, number -> cache.allocate());
                    Arrays.asList(objects).forEach(cache::free);
                }
                used.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        used.await();
        if (closed) {
            caches.forEach(SlabCache::close);
        }
        long after = usedHeap();
        mayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        caches.forEach(SlabCache::close);
        System.out.println((closed ? "closed" : "open") + " cache: " + (after - before) / CACHES + " bytes of heap");
        return (after - before) / CACHES;
    }

    @Test
    void aClosedCacheKeepsAlmostNothing() throws InterruptedException {
        // The first run loads classes, which are kept once and not for each cache: 400 KB in a fresh JVM.
        keptPerCache(true);
        long kept = keptPerCache(true);
        assertTrue(kept < 6_000, () -> kept + " bytes");
    }

    /** Known bad: caches that were not closed. */
    @Test
    void theMeasureFindsTheStateOfThreads() throws InterruptedException {
        long kept = keptPerCache(false);
        assertTrue(kept > 20_000, () -> kept + " bytes");
    }

    /** Returns the heap that a cache takes for each further thread that uses it. */
    private static long perPair(Consumer<SlabCache> use) throws InterruptedException {
        List<SlabCache> caches = new ArrayList<>();
        for (int i = 0; i < CACHES; i++) {
            caches.add(SlabCache.builder("pairs", 64).build());
        }
        caches.forEach(use);
        CountDownLatch mayUse = new CountDownLatch(1);
        CountDownLatch used = new CountDownLatch(THREADS);
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                OtherThread.await(mayUse);
                caches.forEach(use);
                used.countDown();
                OtherThread.await(mayEnd);
            }));
        }
        long before = usedHeap();
        mayUse.countDown();
        OtherThread.await(used);
        long perPair = (usedHeap() - before) / (CACHES * THREADS);
        mayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        caches.forEach(SlabCache::close);
        System.out.println("a pair of cache and thread: " + perPair + " bytes of heap");
        return perPair;
    }

    @Test
    void aThreadThatUsedACacheOnceCostsAKibibyte() throws InterruptedException {
        long perPair = perPair(cache -> cache.free(cache.allocate()));
        assertTrue(perPair <= 1_024, () -> perPair + " bytes");
    }

    /** Known bad: magazines as large as those of a busy thread. */
    @Test
    void theMeasureFindsLargeMagazines() throws InterruptedException {
        long perPair = perPair(cache -> {
            cache.prefill(400);
            cache.free(cache.allocate());
        });
        assertTrue(perPair > 2_048, () -> perPair + " bytes");
    }
}
