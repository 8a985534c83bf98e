package io.slabcache.tests.faults;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.tests.support.Access;
import io.slabcache.tests.support.Calls;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small tests of faults with threads, for each debug mode. Racing threads are in {@link RaceFaultTest}, tests at scale
 * in {@link Fault}, whose numbers these are.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.faults.Case#shared")
class ThreadFaultTest {
    private static final long SIZE = 48;

    @Parameter
    Case shared;

    /** Keeps the trace off the console. */
    private final LogCapture log = new LogCapture();

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void fault17_threadsThatEndWithFreeObjectsAndBetweenAllocateAndFree() {
        try (SlabCache cache = shared.mode().builder("victim", SIZE).build()) {
            ConcurrentLinkedQueue<MemorySegment> left = new ConcurrentLinkedQueue<>();
            Workers workers = new Workers();
            for (int i = 0; i < 8; i++) {
                Access access = Access.values()[i / 2];
                workers.through(access, () -> allocateAndLeave(shared.through(access), cache, left));
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

    private static void allocateAndLeave(Case one, SlabCache cache, ConcurrentLinkedQueue<MemorySegment> left) {
        for (int i = 0; i < 20; i++) {
            MemorySegment object = one.allocate(cache);
            if (i % 2 == 0) {
                left.add(object);
            } else {
                one.free(cache, object);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault18_oneThreadAllocatesAndAnotherFrees(Access access) {
        Case one = shared.through(access);
        try (SlabCache cache =
                one.mode().builder("victim", SIZE).maxObjects(128).build()) {
            BlockingQueue<MemorySegment> queue = new ArrayBlockingQueue<>(8);
            int count = 128 * 4;
            new Workers()
                    .through(access, () -> {
                        for (int i = 0; i < count; i++) {
                            MemorySegment object = one.allocate(cache);
                            Cookies.write(object, 1);
                            queue.put(object);
                        }
                    })
                    .through(access, () -> {
                        for (int i = 0; i < count; i++) {
                            MemorySegment object = queue.take();
                            Cookies.check(object, 1);
                            one.free(cache, object);
                        }
                    })
                    .run();
            assertEquals(count, cache.stats().frees());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void fault19_manyVirtualThreads() {
        try (SlabCache cache = shared.mode().builder("victim", SIZE).build()) {
            Workers workers = new Workers();
            for (int i = 0; i < 500; i++) {
                int owner = i;
                Case one = shared.through(
                        i % 2 == 0 ? Access.CACHE_ON_VIRTUAL_THREAD : Access.LOCAL_CACHE_ON_VIRTUAL_THREAD);
                workers.virtual(() -> {
                    MemorySegment object = one.allocate(cache);
                    Cookies.write(object, owner);
                    Thread.yield();
                    Cookies.check(object, owner);
                    one.free(cache, object);
                });
            }
            workers.run();
            assertEquals(500, cache.stats().frees());
            assertTrue(cache.stats().threadCaches() <= 2 * Runtime.getRuntime().availableProcessors() + 2);
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fault23_anInterruptedThreadAllocatesAndFreesAndStaysInterrupted(Access access) {
        Case one = shared.through(access);
        try (SlabCache cache = one.mode().builder("victim", SIZE).build()) {
            Executable interrupted = () -> {
                Thread.currentThread().interrupt();
                MemorySegment object = one.allocate(cache);
                one.free(cache, object);
                assertThrows(InvalidFreeException.class, () -> one.free(cache, object));
                assertTrue(Thread.currentThread().isInterrupted());
            };
            for (int i = 0; i < 5; i++) {
                if (access.isVirtual()) {
                    OtherThread.runVirtual(interrupted);
                } else {
                    OtherThread.run(interrupted);
                }
            }
            assertEquals(5, cache.stats().misuses());
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL_CACHE", "LOCAL_CACHE_ON_VIRTUAL_THREAD"})
    void fault26_aLocalCacheOfAnotherThreadOrAfterTheEnd(Access owner) throws Throwable {
        owner.run(() -> {
            SlabCache cache = shared.mode().builder("victim", SIZE).build();
            LocalCache local = cache.local();
            MemorySegment object = shared.allocate(cache);
            Calls.freeing(object, object.address()).forEach((name, call) -> {
                Executable refused = () -> assertRefused(name, () -> call.accept(local));
                OtherThread.run(refused);
                OtherThread.runVirtual(refused);
            });
            shared.through(owner).free(cache, object);
            Healthy.checkNothingLive(cache);
            cache.close();
            Calls.freeing(object, object.address()).forEach((name, call) -> {
                IllegalStateException closed =
                        assertThrows(IllegalStateException.class, () -> call.accept(local), name);
                assertEquals("cache 'victim' is closed", withoutIds(closed.getMessage()), name);
            });
        });
    }

    private static void assertRefused(String name, Executable call) {
        WrongThreadException refused = assertThrows(WrongThreadException.class, call, name);
        assertTrue(withoutIds(refused.getMessage()).contains("local cache of cache 'victim' belongs to"), name);
    }
}
