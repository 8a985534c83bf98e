package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/**
 * A program may start and end threads forever: neither the heap nor the cache grows with the number of dead threads.
 * The check must catch a pool that keeps the objects of dead threads, and one that remembers the threads themselves.
 */
class ShortThreadsTest {
    /** With so many, a trace of 70 bytes per thread is found; with a million, one of 2 bytes. */
    private static final int THREADS = Integer.getInteger("slabcache-test.threads", 30_000);

    private static final int KNOWN_BAD_THREADS = 2_000;
    private static final int OBJECTS = 5;

    /** One in four threads only allocates, one only frees the objects of others, and the rest do both. */
    private static final class Society implements ShortThreads.Life {
        private final Pool pool;
        private final Deque<Long> left = new ArrayDeque<>();

        Society(Pool pool) {
            this.pool = pool;
        }

        @Override
        public void live(int number) {
            if (number % 4 != 1) {
                for (int i = 0; i < OBJECTS; i++) {
                    left.push(pool.tryAllocate());
                }
            }
            if (number % 4 != 0) {
                for (int i = 0; i < OBJECTS; i++) {
                    pool.free(left.pop());
                }
            }
        }
    }

    @Test
    void neitherTheHeapNorTheCacheGrows() {
        try (SlabCache cache = SlabCache.builder("short", 64).build()) {
            ShortThreads.check(cache, THREADS, new Society(Pool.of(cache)));
            Healthy.checkNothingLive(cache);
            assertEquals(THREADS / 4L * 3 * OBJECTS, cache.stats().frees());
        }
    }

    @Test
    void aPoolThatKeepsTheObjectsOfDeadThreadsIsCaught() {
        SlabCache cache = SlabCache.builder("hoarded", 64).build();
        AssertionError caught = assertThrows(
                AssertionError.class,
                () -> ShortThreads.check(cache, KNOWN_BAD_THREADS, new Society(new HoardingPool(cache))));
        assertTrue(caught.getMessage().contains("off-heap memory grew"), caught.getMessage());
        cache.closeNow();
    }

    @Test
    void aPoolThatRemembersDeadThreadsIsCaught() {
        try (SlabCache cache = SlabCache.builder("remembered", 64).build()) {
            Deque<byte[]> traces = new ArrayDeque<>();
            Society society = new Society(Pool.of(cache));
            AssertionError caught = assertThrows(
                    AssertionError.class,
                    () -> ShortThreads.check(cache, KNOWN_BAD_THREADS, number -> {
                        society.live(number);
                        traces.add(new byte[4 << 10]);
                    }));
            assertTrue(caught.getMessage().contains("heap grew by"), caught.getMessage());
            assertEquals(KNOWN_BAD_THREADS, traces.size());
        }
    }
}
