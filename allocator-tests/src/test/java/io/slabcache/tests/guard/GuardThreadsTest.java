package io.slabcache.tests.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No guarded object has two owners while many threads allocate, hand over and free, and nearly every guarded object is
 * in use.
 */
class GuardThreadsTest extends GuardContract {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;
    private static final int BOUND = 120;
    private static final long OWNER = 7;
    private static final long SEED = Long.getLong("slabcache-test.seed", 20261122);

    private final BlockingQueue<MemorySegment> handedOver = new ArrayBlockingQueue<>(100);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true"})
    void eachObjectHasOneOwner(boolean lockless, boolean virtual) throws InterruptedException {
        cache = builder()
                .lockless(lockless)
                .maxObjects(BOUND)
                .guardedSampling(1)
                .build();
        CountDownLatch done = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(SEED + i);
            (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(() -> {
                try {
                    work(random);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        assertNull(failure.get(), () -> "seed " + SEED + ": " + failure.get());
        handedOver.forEach(cache::free);
        Healthy.checkNothingLive(cache);
        assertEquals(List.of(), reports);
        assertTrue(cache.stats().totalObjects() <= BOUND);
    }

    private void work(Random random) {
        for (int round = 0; round < ROUNDS; round++) {
            MemorySegment object = cache.tryAllocate();
            if (object != null) {
                Cookies.write(object, OWNER);
                if (!handedOver.offer(object)) {
                    free(cache, random, object);
                }
            }
            if (random.nextInt(8) != 0) {
                MemorySegment other = handedOver.poll();
                if (other != null) {
                    free(cache, random, other);
                }
            }
        }
    }

    private static void free(SlabCache cache, Random random, MemorySegment object) {
        Cookies.check(object, OWNER);
        switch (random.nextInt(3)) {
            case 0 -> cache.free(object);
            case 1 -> cache.freeAddress(object.address());
            default -> cache.freeBulk(new MemorySegment[] {object}, 0, 1);
        }
    }
}
