package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Keeper;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cached objects of idle, living threads go back to the memory source. */
@Timeout(120)
class IdleMemoryTest {
    private static final int OBJECT = 2048;
    private static final int OBJECTS = 60_000;
    private static final int CONSUMERS = 32;

    @Test
    void afterTwoShrinksNearlyAllMemoryOfIdleThreadsIsBack() throws Exception {
        // No thread drives this keeper: a slab ahead of need would come at any time, also after the shrinks.
        Keeper keeper = new Keeper();
        try (SlabCache cache = SlabCache.builder("idle", OBJECT).keeper(keeper).build()) {
            Consumers consumers = new Consumers(cache);
            consumers.consume(OBJECTS);
            long reserved = cache.stats().reservedBytes();
            assertEquals(0, cache.stats().liveObjects());
            assertTrue(cache.stats().cachedObjects() > CONSUMERS, "nothing to be taken");
            cache.shrink();
            cache.shrink();
            long kept = cache.stats().reservedBytes();
            assertTrue(kept <= reserved / 20, kept + " of " + reserved + " bytes stay");
            assertEquals(0, cache.stats().cachedObjects());
            // Work continues.
            consumers.consume(OBJECTS / 10);
            consumers.end();
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aThreadThatWasAtWorkBetweenTwoShrinksKeepsWhatItHas() throws Exception {
        try (SlabCache cache = SlabCache.builder("busy", OBJECT).build()) {
            CountDownLatch[] steps = {new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)};
            Thread worker = Thread.ofPlatform().daemon().start(() -> {
                cache.free(cache.allocate());
                steps[0].countDown();
                await(steps[1]);
                cache.free(cache.allocate());
                steps[2].countDown();
                await(new CountDownLatch(1));
            });
            await(steps[0]);
            cache.shrink();
            steps[1].countDown();
            await(steps[2]);
            cache.shrink();
            assertTrue(cache.stats().cachedObjects() > 0);
            awaitWaiting(worker);
            cache.shrink();
            assertEquals(0, cache.stats().cachedObjects());
            assertEquals(0, cache.stats().reservedBytes());
        }
    }

    @Test
    void aSpinningThreadKeepsItsObjectsAndIsReported() throws Exception {
        try (SlabCache cache = SlabCache.builder("spinning", OBJECT).build()) {
            AtomicBoolean hasCached = new AtomicBoolean();
            AtomicBoolean isOver = new AtomicBoolean();
            Thread spinning = Thread.ofPlatform().start(() -> {
                cache.free(cache.allocate());
                hasCached.set(true);
                while (!isOver.get()) {
                    Thread.onSpinWait();
                }
                cache.free(cache.allocate());
            });
            while (!hasCached.get()) {
                Thread.sleep(1);
            }
            cache.shrink();
            long cached = cache.stats().cachedObjects();
            assertTrue(cached > 0);
            assertEquals(0, cache.stats().unreachedCaches());
            cache.shrink();
            assertEquals(cached, cache.stats().cachedObjects());
            assertEquals(1, cache.stats().unreachedCaches());
            assertEquals(cached, cache.stats().unreachedObjects());
            isOver.set(true);
            spinning.join();
            cache.shrink();
            assertEquals(0, cache.stats().unreachedCaches());
            assertEquals(0, cache.stats().reservedBytes());
            Healthy.checkNothingLive(cache);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitWaiting(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    /** Threads that free objects of another thread, and then wait. */
    private static final class Consumers {
        private final SlabCache cache;
        private final BlockingQueue<Long> queue = new ArrayBlockingQueue<>(OBJECTS + CONSUMERS);
        private final AtomicInteger freed = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();

        Consumers(SlabCache cache) {
            this.cache = cache;
            for (int i = 0; i < CONSUMERS; i++) {
                threads.add(Thread.ofPlatform().daemon().start(this::freeAll));
            }
        }

        private void freeAll() {
            try {
                for (long address; (address = queue.take()) != 0; ) {
                    cache.freeAddress(address);
                    freed.incrementAndGet();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void consume(int objects) throws InterruptedException {
            freed.set(0);
            List<Long> all = new ArrayList<>();
            for (int i = 0; i < objects; i++) {
                all.add(cache.allocateAddress());
            }
            queue.addAll(all);
            while (freed.get() < objects) {
                Thread.sleep(1);
            }
            for (Thread thread : threads) {
                awaitWaiting(thread);
            }
        }

        void end() throws InterruptedException {
            for (int i = 0; i < CONSUMERS; i++) {
                queue.put(0L);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
