package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.tests.support.Access;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Memory;
import io.slabcache.tests.support.NonNegative;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conflicting calls of several threads on one cache. The numbers are those of {@link Fault}. */
class RaceFaultTest {
    private static final long SIZE = 48;
    private static final int FREES = 50;
    private static final int PAIRS = 200;

    /** Keeps the trace off the console. */
    private final LogCapture log = new LogCapture();

    private final Memory memory = new Memory();

    @AfterEach
    void stopListening() {
        log.close();
        assertEquals(0, memory.regions());
    }

    private SlabCache open(Case one) {
        return one.mode().builder("victim", SIZE).memory(memory).build();
    }

    @ParameterizedTest
    @MethodSource("io.slabcache.tests.faults.Case#exact")
    void fault02_ofTwoFreesAtTheSameMomentExactlyOneSucceeds(Case one) {
        try (SlabCache cache = open(one)) {
            assertEquals(FREES, successfulFrees(one, cache, FREES));
            assertEquals(FREES, cache.stats().misuses());
            assertEquals(FREES, cache.stats().frees());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void fault02_aCacheThatBelievesBothIsCaught() {
        SlabCache cache = SlabCache.builder("victim", SIZE).checks(Checks.NONE).build();
        Case trusting = Case.shared().findFirst().orElseThrow();
        assertTrue(successfulFrees(trusting, cache, 200) > 200);
        cache.closeNow();
    }

    private static int successfulFrees(Case one, SlabCache cache, int rounds) {
        AtomicInteger successes = new AtomicInteger();
        MemorySegment[] object = new MemorySegment[1];
        CyclicBarrier barrier = new CyclicBarrier(2, () -> object[0] = one.allocate(cache));
        Workers workers = new Workers();
        for (int i = 0; i < 2; i++) {
            workers.through(one.access(), () -> {
                for (int round = 0; round < rounds; round++) {
                    barrier.await();
                    try {
                        one.free(cache, object[0]);
                        successes.incrementAndGet();
                    } catch (InvalidFreeException e) {
                        assertEquals(Kind.DOUBLE_FREE, e.kind(), e.getMessage());
                        assertTrue(e.getMessage().contains("that is free already"), e.getMessage());
                    }
                }
            });
        }
        workers.run();
        return successes.get();
    }

    @ParameterizedTest
    @MethodSource("io.slabcache.tests.faults.Case#shared")
    void fault09_threadsThatGoOnWhenItEnds(Case shared) {
        SlabCache cache = open(shared);
        CountDownLatch busy = new CountDownLatch(Access.values().length);
        ConcurrentLinkedQueue<MemorySegment> last = new ConcurrentLinkedQueue<>();
        Workers workers = new Workers();
        for (Access access : Access.values()) {
            workers.through(access, () -> last.add(allocateUntilTheEnd(shared.through(access), cache, busy)));
        }
        workers.platform(() -> {
                    busy.await();
                    cache.closeNow();
                })
                .run();
        assertEquals(Access.values().length, last.size());
        last.forEach(object -> assertFalse(object.scope().isAlive()));
        assertEquals(0, cache.stats().misuses());
        assertEquals(0, cache.stats().reservedBytes());
    }

    private static MemorySegment allocateUntilTheEnd(Case one, SlabCache cache, CountDownLatch busy) {
        MemorySegment object = one.allocate(cache);
        busy.countDown();
        try {
            while (true) {
                one.free(cache, object);
                object = one.allocate(cache);
            }
        } catch (IllegalStateException e) {
            assertEquals("cache 'victim' is closed", withoutIds(e.getMessage()));
            assertEquals(IllegalStateException.class, e.getClass());
            return object;
        }
    }

    @ParameterizedTest
    @MethodSource("io.slabcache.tests.faults.Case#shared")
    void fault12_manyThreadsThatEndIt(Case shared) {
        SlabCache cache = open(shared);
        MemorySegment object = shared.allocate(cache);
        allEnd(() -> assertEquals(
                1, assertThrows(LiveObjectsException.class, cache::close).liveObjects()));
        Healthy.check(cache);
        shared.free(cache, object);
        allEnd(cache::close);
        assertEquals(0, memory.regions());
        allEnd(cache::closeNow);
        assertEquals(0, cache.stats().reservedBytes());
    }

    private static void allEnd(Runnable end) {
        new Workers()
                .platform(end::run)
                .platform(end::run)
                .virtual(end::run)
                .virtual(end::run)
                .run();
    }

    @ParameterizedTest
    @MethodSource("io.slabcache.tests.faults.Case#shared")
    void fault28_statisticsShrinkAndCloseWhileOthersAllocate(Case shared) {
        SlabCache cache = open(shared);
        MemorySegment held = shared.allocate(cache);
        Workers workers = new Workers();
        for (Access access : Access.values()) {
            workers.through(access, () -> allocateAndFree(shared.through(access), cache));
        }
        workers.platform(() -> {
                    for (int i = 0; i < PAIRS / 10; i++) {
                        NonNegative.check(cache.stats());
                        assertTrue(cache.shrink() >= 0);
                    }
                })
                .virtual(() -> {
                    for (int i = 0; i < PAIRS / 20; i++) {
                        assertThrows(LiveObjectsException.class, cache::close);
                    }
                })
                .run();
        Cookies.write(held, 1);
        Cookies.check(held, 1);
        shared.free(cache, held);
        Healthy.checkNothingLive(cache);
        assertEquals(PAIRS * Access.values().length + 1, cache.stats().frees());
        assertEquals(0, cache.stats().misuses());
        cache.close();
    }

    private static void allocateAndFree(Case one, SlabCache cache) {
        for (int i = 0; i < PAIRS; i++) {
            MemorySegment object = one.allocate(cache);
            Cookies.write(object, i);
            Cookies.check(object, i);
            one.free(cache, object);
        }
    }
}
