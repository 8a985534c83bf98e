package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Workers;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** One thread allocates, another only frees: every object arrives as it was sent, and memory stays bounded. */
@ParameterizedClass(name = "lockless {0}, checks {1}")
@CsvSource({"true, STANDARD", "true, NONE", "false, STANDARD"})
class HandOverTest {
    private static final int MESSAGES = 100_000;
    private static final int IN_FLIGHT = 512;

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    Checks checks;

    private SlabCache cache() {
        return SlabCache.builder("hand-over", 64)
                .lockless(lockless)
                .checks(checks)
                .magazineCapacity(64)
                .build();
    }

    @Test
    void segmentsArriveAsTheyWereSent() {
        try (SlabCache cache = cache()) {
            BlockingQueue<MemorySegment> queue = new ArrayBlockingQueue<>(IN_FLIGHT);
            new Workers()
                    .platform(() -> send(cache.local(), queue))
                    .platform(() -> receive(cache.local(), queue))
                    .run();
            assertBoundedAndHealthy(cache);
        }
    }

    @Test
    void virtualThreadsMayReceiveFromPlatformThreads() {
        try (SlabCache cache = cache()) {
            BlockingQueue<MemorySegment> queue = new ArrayBlockingQueue<>(IN_FLIGHT);
            new Workers()
                    .platform(() -> send(cache, queue))
                    .virtual(() -> receive(cache, queue))
                    .run();
            assertBoundedAndHealthy(cache);
        }
    }

    private static void send(ObjectAllocator allocator, BlockingQueue<MemorySegment> queue) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            MemorySegment object = allocator.allocate();
            Cookies.write(object, i);
            queue.put(object);
        }
    }

    private static void receive(ObjectAllocator allocator, BlockingQueue<MemorySegment> queue) throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            MemorySegment object = queue.take();
            Cookies.check(object, i);
            allocator.free(object);
        }
    }

    /** The limit is the objects in flight, those cached by two threads, and those of a well-filled depot. */
    private static void assertBoundedAndHealthy(SlabCache cache) {
        Healthy.checkNothingLive(cache);
        assertEquals(MESSAGES, cache.stats().allocations());
        assertTrue(cache.stats().totalObjects() <= 16_384, () -> "grew: " + cache.stats());
        cache.shrink();
        assertEquals(0, cache.stats().totalObjects());
    }
}
