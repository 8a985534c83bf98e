package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Checks;
import io.slabcache.Debug;
import io.slabcache.InvalidFreeException;
import io.slabcache.LiveObjectsException;
import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.Calls;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.NonNegative;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults that need several threads, in small: each way to debug has its own chance to get them wrong. For the same at
 * scale see {@link Fault}, whose numbers these are.
 */
class ThreadFaultTest {
    private static final long SIZE = 48;
    private static final int ROUNDS = 200;

    /** Keeps the tracer from the console. */
    private final LogCapture log = new LogCapture();

    @AfterEach
    void stopListening() {
        log.close();
    }

    /** A failure on purpose is no reason to give up. */
    private static MemorySegment allocate(Mode mode, SlabCache cache) {
        MemorySegment object = cache.tryAllocate();
        while (object == null && mode.has(Debug.FAULTS)) {
            object = cache.tryAllocate();
        }
        assertNotEquals(null, object, "nothing to allocate");
        return object;
    }

    @ParameterizedTest
    @MethodSource("io.slabcache.tests.faults.Mode#debugged")
    void fault02_ofTwoFreesAtTheSameMomentExactlyOneSucceeds(Mode mode) {
        try (SlabCache cache = mode.builder("victim", SIZE).build()) {
            assertEquals(ROUNDS, successfulFrees(mode, cache));
            assertEquals(ROUNDS, cache.stats().misuses());
            assertEquals(ROUNDS, cache.stats().frees());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void fault02_aCacheThatBelievesBothIsCaught() {
        SlabCache cache = SlabCache.builder("victim", SIZE).checks(Checks.NONE).build();
        assertTrue(successfulFrees(Mode.STANDARD, cache) > ROUNDS);
        cache.closeNow();
    }

    private static int successfulFrees(Mode mode, SlabCache cache) {
        AtomicInteger successes = new AtomicInteger();
        long[] object = new long[1];
        CyclicBarrier barrier =
                new CyclicBarrier(2, () -> object[0] = allocate(mode, cache).address());
        Workers workers = new Workers();
        for (int i = 0; i < 2; i++) {
            workers.platform(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    barrier.await();
                    try {
                        cache.freeAddress(object[0]);
                        successes.incrementAndGet();
                    } catch (InvalidFreeException e) {
                        assertEquals(InvalidFreeException.Kind.DOUBLE_FREE, e.kind(), e.getMessage());
                    }
                }
            });
        }
        workers.run();
        return successes.get();
    }

    @ParameterizedTest
    @EnumSource
    void fault17_threadsThatEndWithFreeObjectsAndBetweenAllocateAndFree(Mode mode) {
        try (SlabCache cache = mode.builder("victim", SIZE).build()) {
            ConcurrentLinkedQueue<MemorySegment> left = new ConcurrentLinkedQueue<>();
            Workers workers = new Workers();
            for (int i = 0; i < 4; i++) {
                workers.platform(() -> allocateAndLeave(mode, cache, left))
                        .virtual(() -> allocateAndLeave(mode, cache, left));
            }
            workers.run();
            assertEquals(8 * 10, left.size());
            assertEquals(left.size(), cache.stats().liveObjects());
            Healthy.check(cache);
            left.forEach(cache::free);
            Healthy.checkNothingLive(cache);
            cache.flush();
            cache.shrink();
            assertEquals(0, cache.stats().reservedBytes());
        }
    }

    private static void allocateAndLeave(Mode mode, SlabCache cache, ConcurrentLinkedQueue<MemorySegment> left) {
        for (int i = 0; i < 20; i++) {
            MemorySegment object = allocate(mode, cache);
            if (i % 2 == 0) {
                left.add(object);
            } else {
                cache.free(object);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault18_oneThreadAllocatesAndAnotherFrees(Mode mode) {
        try (SlabCache cache = mode.builder("victim", SIZE).maxObjects(128).build()) {
            BlockingQueue<MemorySegment> queue = new ArrayBlockingQueue<>(8);
            int count = 128 * 20;
            new Workers()
                    .platform(() -> {
                        for (int i = 0; i < count; i++) {
                            MemorySegment object = allocate(mode, cache);
                            Cookies.write(object, 1);
                            queue.put(object);
                        }
                    })
                    .platform(() -> {
                        for (int i = 0; i < count; i++) {
                            MemorySegment object = queue.take();
                            Cookies.check(object, 1);
                            cache.free(object);
                        }
                    })
                    .run();
            assertEquals(count, cache.stats().frees());
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault19_manyVirtualThreads(Mode mode) {
        try (SlabCache cache = mode.builder("victim", SIZE).build()) {
            Workers workers = new Workers();
            for (int i = 0; i < 1_000; i++) {
                int owner = i;
                workers.virtual(() -> {
                    MemorySegment object = allocate(mode, cache);
                    Cookies.write(object, owner);
                    Thread.yield();
                    Cookies.check(object, owner);
                    cache.free(object);
                });
            }
            workers.run();
            assertEquals(1_000, cache.stats().frees());
            assertTrue(cache.stats().threadCaches() <= 2 * Runtime.getRuntime().availableProcessors() + 2);
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault23_anInterruptedThreadAllocatesAndFreesAndStaysInterrupted(Mode mode) {
        try (SlabCache cache = mode.builder("victim", SIZE).build()) {
            for (int i = 0; i < 20; i++) {
                OtherThread.run(() -> {
                    Thread.currentThread().interrupt();
                    MemorySegment object = allocate(mode, cache);
                    cache.free(object);
                    assertThrows(InvalidFreeException.class, () -> cache.free(object));
                    assertTrue(Thread.currentThread().isInterrupted());
                });
            }
            assertEquals(20, cache.stats().misuses());
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault26_aLocalCacheOfAnotherThreadOrAfterTheEnd(Mode mode) {
        SlabCache cache = mode.builder("victim", SIZE).build();
        LocalCache local = cache.local();
        MemorySegment object = allocate(mode, cache);
        Calls.freeing(object, object.address()).forEach((name, call) -> {
            WrongThreadException refused =
                    assertThrows(WrongThreadException.class, () -> OtherThread.run(() -> call.accept(local)), name);
            assertTrue(refused.getMessage().contains("local cache of cache 'victim' belongs to"), name);
        });
        local.free(object);
        Healthy.checkNothingLive(cache);
        cache.close();
        Calls.freeing(object, object.address()).forEach((name, call) -> {
            IllegalStateException closed = assertThrows(IllegalStateException.class, () -> call.accept(local), name);
            assertEquals("cache 'victim' is closed", closed.getMessage(), name);
        });
    }

    @ParameterizedTest
    @EnumSource
    void fault28_statisticsShrinkAndCloseWhileOthersAllocate(Mode mode) {
        SlabCache cache = mode.builder("victim", SIZE).build();
        MemorySegment held = allocate(mode, cache);
        new Workers()
                .platform(() -> allocateAndFree(mode, cache))
                .virtual(() -> allocateAndFree(mode, cache))
                .platform(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        NonNegative.check(cache.stats());
                        assertTrue(cache.shrink() >= 0);
                    }
                })
                .platform(() -> {
                    for (int i = 0; i < ROUNDS / 10; i++) {
                        assertThrows(LiveObjectsException.class, cache::close);
                    }
                })
                .run();
        Cookies.write(held, 1);
        Cookies.check(held, 1);
        cache.free(held);
        Healthy.checkNothingLive(cache);
        assertEquals(2 * 10 * ROUNDS + 1, cache.stats().frees());
        assertEquals(0, cache.stats().misuses());
        cache.close();
    }

    private static void allocateAndFree(Mode mode, SlabCache cache) {
        for (int i = 0; i < 10 * ROUNDS; i++) {
            MemorySegment object = allocate(mode, cache);
            Cookies.write(object, i);
            Cookies.check(object, i);
            cache.free(object);
        }
    }
}
