package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Views of one thread must not keep the thread on the heap, nor its state in a closed cache. The measurement must find
 * a view that keeps its owner.
 */
// Another thread would change the size of the heap.
@Isolated
@Timeout(60)
class KeptViewTest {
    /** The size of the largest array that a thread keeps for bulk calls: 512 KiB. */
    private static final int BULK = 1 << 16;

    /** Small, because a local cache keeps a byte for each object of one slab until its owner's next call. */
    private static final int SLAB_BYTES = 1 << 16;

    private static final int CACHES = 20;

    private record Owned<T>(T view, WeakReference<Thread> owner) {}

    /** Returns a view that a dead thread has made. */
    private static <T> Owned<T> ofDeadThread(Function<Thread, T> maker)
            throws InterruptedException, ExecutionException {
        FutureTask<T> made = new FutureTask<>(() -> maker.apply(Thread.currentThread()));
        Thread thread = Thread.ofPlatform().start(made);
        T view = made.get();
        thread.join();
        return new Owned<>(view, new WeakReference<>(thread));
    }

    private static Thread kept(Owned<?> owned) throws InterruptedException {
        for (int i = 0; i < 100 && owned.owner().get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        Reference.reachabilityFence(owned.view());
        return owned.owner().get();
    }

    @Test
    void aLocalCacheKeepsNoDeadThread() throws Exception {
        try (SlabCache cache = SlabCache.builder("dead", 64).build()) {
            Owned<LocalCache> local = ofDeadThread(thread -> cache.local());
            assertNull(kept(local));
        }
    }

    @Test
    void generationsOfALocalCacheKeepNoDeadThread() throws Exception {
        try (SlabCache cache = SlabCache.builder("dead", 64).build()) {
            Owned<GenerationHandles> handles =
                    ofDeadThread(thread -> cache.local().generations());
            assertNull(kept(handles));
        }
    }

    /** Known bad: a view that refers to its owner. */
    @Test
    void aViewThatKeepsItsOwnerIsFound() throws Exception {
        Owned<List<Thread>> view = ofDeadThread(List::of);
        assertNotNull(kept(view));
    }

    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Makes one bulk call on a local cache of each cache, and returns the heap that is kept for each. */
    private static long keptAfterBulk(boolean local, boolean closed) throws InterruptedException {
        long[] addresses = new long[BULK];
        long before = usedHeap();
        List<SlabCache> caches = new ArrayList<>();
        List<LocalCache> locals = new ArrayList<>();
        for (int i = 0; i < CACHES; i++) {
            SlabCache cache = SlabCache.builder("bulk", 8).slabBytes(SLAB_BYTES).build();
            caches.add(cache);
            if (local) {
                LocalCache own = cache.local();
                locals.add(own);
                assertTrue(own.allocateBulk(addresses, 0, BULK));
                own.freeBulk(addresses, 0, BULK);
            } else {
                onVirtualThread(() -> {
                    assertTrue(cache.allocateBulk(addresses, 0, BULK));
                    cache.freeBulk(addresses, 0, BULK);
                });
            }
            if (closed) {
                cache.close();
            }
        }
        long kept = (usedHeap() - before) / CACHES;
        caches.forEach(SlabCache::close);
        Reference.reachabilityFence(locals);
        return kept;
    }

    private static void onVirtualThread(Runnable action) throws InterruptedException {
        Thread.ofVirtual().start(action).join();
    }

    @Test
    void aLocalCacheKeepsNoArrayOfBulkCallsOnceClosed() throws InterruptedException {
        long kept = keptAfterBulk(true, true);
        assertTrue(kept < 20_000, () -> kept + " bytes");
    }

    @Test
    void aClosedCacheKeepsNoArrayOfTheBulkCallsOfVirtualThreads() throws InterruptedException {
        long kept = keptAfterBulk(false, true);
        assertTrue(kept < 20_000, () -> kept + " bytes");
    }

    /** Known bad: caches that were not closed. */
    @Test
    void theMeasureFindsTheArrays() throws InterruptedException {
        long kept = keptAfterBulk(true, false);
        assertTrue(kept > 8L * BULK, () -> kept + " bytes");
    }
}
