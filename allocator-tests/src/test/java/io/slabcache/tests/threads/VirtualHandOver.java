package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Workers;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Virtual threads that each send one object through a queue and free one that another thread sent. In between they
 * block in all possible ways: on a semaphore, the queue, a lock and the clock.
 */
final class VirtualHandOver {
    private static final int MOST_LIVE = 1_000;
    private static final int QUEUE = 100;
    private static final int CAPACITY = 32;

    /** The objects that a depot keeps, according to the documents. */
    private static final int DEPOT = 16 * CAPACITY;

    /** Objects of the first slab; each further slab at most doubles the cache. */
    private static final int FIRST_SLAB = 4_096;

    private final SlabCache cache;
    private final Pool pool;
    private final int threads;
    private final Semaphore permits = new Semaphore(MOST_LIVE);
    private final BlockingQueue<Sent> queue = new ArrayBlockingQueue<>(QUEUE);
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock. */
    private int freed;

    /** An entry of the queue: an object, and the owner in its cookie. */
    private record Sent(long address, long owner) {}

    VirtualHandOver(SlabCache cache, Pool pool, int threads) {
        this.cache = cache;
        this.pool = pool;
        this.threads = threads;
    }

    /** A cache with small thread caches compared to the objects in flight. */
    static SlabCache cache(long maxObjects) {
        return SlabCache.builder("virtual", 32)
                .magazineCapacity(CAPACITY)
                .maxObjects(maxObjects)
                .build();
    }

    /** Fails if an object is lost or has two owners, or if the cache keeps more than stripes and depot may. */
    void check() {
        Workers workers = new Workers();
        for (int i = 0; i < threads; i++) {
            long owner = i;
            workers.virtual(() -> sendAndReceive(owner));
        }
        workers.run();
        Healthy.checkNothingLive(cache);
        SlabCacheStats stats = cache.stats();
        assertEquals(threads, freed);
        assertEquals(threads, stats.frees());
        assertEquals(0, stats.misuses());
        int processors = Runtime.getRuntime().availableProcessors();
        assertTrue(stats.threadCaches() <= 4 * processors, () -> "more than stripes: " + stats);
        long keepable = stats.threadCaches() * 2L * CAPACITY + DEPOT;
        assertTrue(stats.cachedObjects() <= keepable, () -> "more than stripes and depot hold: " + stats);
        assertTrue(stats.totalObjects() <= Math.max(FIRST_SLAB, 2 * (MOST_LIVE + keepable)), () -> "grew: " + stats);
    }

    private void sendAndReceive(long owner) throws InterruptedException {
        permits.acquire();
        try {
            long mine = allocate();
            Cookies.write(cache.segment(mine), owner);
            block(owner);
            queue.put(new Sent(mine, owner));
            Sent theirs = queue.take();
            Cookies.check(cache.segment(theirs.address), theirs.owner);
            block(owner + 1);
            Cookies.check(cache.segment(theirs.address), theirs.owner);
            pool.free(theirs.address);
            count();
        } finally {
            permits.release();
        }
    }

    /** At the bound, other threads may hold the rest for a moment. */
    private long allocate() {
        long address;
        while ((address = pool.tryAllocate()) == 0) {
            Thread.yield();
        }
        return address;
    }

    private static void block(long turn) throws InterruptedException {
        if (turn % 4 == 0) {
            Thread.sleep(1);
        } else if (turn % 4 == 1) {
            LockSupport.parkNanos(1);
        } else if (turn % 4 == 2) {
            Thread.yield();
        }
    }

    private void count() {
        lock.lock();
        try {
            freed++;
        } finally {
            lock.unlock();
        }
    }
}
