package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where one thread allocates and others free, memory stays bounded forever. The check must catch a pool that keeps
 * freed objects with the thread that freed them, and one that loses objects.
 */
@ParameterizedClass(name = "lockless {0}")
@ValueSource(booleans = {true, false})
class OneWayTest {
    /** The threads that free. */
    enum Freeing {
        ONE_PLATFORM_THREAD(Executors::newSingleThreadExecutor),
        A_VIRTUAL_THREAD_PER_BATCH(Executors::newVirtualThreadPerTaskExecutor);

        private final Supplier<ExecutorService> executor;

        Freeing(Supplier<ExecutorService> executor) {
            this.executor = executor;
        }
    }

    @Parameter
    boolean lockless;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void memoryIsBounded(Freeing freeing) throws Exception {
        try (SlabCache cache = OneWay.cache(lockless);
                ExecutorService executor = freeing.executor.get()) {
            new OneWay(cache, Pool.of(cache)).check(executor);
            assertEquals(lockless, cache.stats().depotGets() > 0, "the way through the depot");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aPoolThatKeepsFreedObjectsWithTheThreadIsCaught(Freeing freeing) {
        SlabCache cache = OneWay.cache(lockless);
        try (ExecutorService executor = freeing.executor.get()) {
            OneWay oneWay = new OneWay(cache, new HoardingPool(cache));
            AssertionError caught = assertThrows(AssertionError.class, () -> oneWay.check(executor));
            assertTrue(caught.getMessage().contains("live objects"), caught.getMessage());
        }
        cache.closeNow();
    }

    @Test
    void aPoolThatLosesObjectsIsCaught() {
        SlabCache cache = OneWay.cache(lockless);
        try (ExecutorService executor = Freeing.ONE_PLATFORM_THREAD.executor.get()) {
            OneWay oneWay = new OneWay(cache, new LosingPool(cache));
            AssertionError caught = assertThrows(AssertionError.class, () -> oneWay.check(executor));
            assertTrue(caught.getMessage().contains("live objects"), caught.getMessage());
        }
        cache.closeNow();
    }
}
