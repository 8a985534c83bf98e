package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cached objects do not starve a bounded cache: three quarters are available to any thread. The check must catch a pool
 * that starves other threads.
 */
@ParameterizedClass(name = "bound {0}, magazines of {1}, checks {2}")
@CsvSource({
    "1, 256, STANDARD",
    "4, 256, STANDARD",
    "11, 256, STANDARD",
    "12, 256, STANDARD",
    "13, 1, NONE",
    "100, 1, STANDARD",
    "100, 3, NONE",
    "101, 256, STANDARD",
    "1000, 16, STANDARD",
    "1003, 256, NONE",
    "5000, 64, STANDARD",
    "20000, 256, STANDARD"
})
class IdleThreadsTest {
    private static final int THREADS = 8;

    /** From this bound on, a thread has magazines of one object. */
    private static final long SMALLEST_WITH_MAGAZINES = 12;

    @Parameter(0)
    long bound;

    @Parameter(1)
    int capacity;

    @Parameter(2)
    Checks checks;

    private SlabCache cache() {
        return SlabCache.builder("idle", 16)
                .maxObjects(bound)
                .magazineCapacity(capacity)
                .checks(checks)
                .build();
    }

    @Test
    void aPlatformThreadGetsEveryObjectNotPromisedToIdleThreads() throws Throwable {
        try (SlabCache cache = cache()) {
            IdleThreads idle = new IdleThreads(cache, Pool.of(cache));
            OtherThread.run(() -> idle.check(THREADS, idle::wantEverything));
            assertEquals(bound >= SMALLEST_WITH_MAGAZINES, idle.promised() > 0);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aVirtualThreadGetsEveryObjectNotPromisedToIdleThreads() throws Throwable {
        try (SlabCache cache = cache()) {
            IdleThreads idle = new IdleThreads(cache, Pool.of(cache));
            OtherThread.run(() -> idle.check(THREADS, () -> OtherThread.runVirtual(idle::wantEverything)));
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void objectsCachedByVirtualAndDeadThreadsAreAvailable() throws Throwable {
        try (SlabCache cache = cache()) {
            Pool pool = Pool.of(cache);
            IdleThreads dead = new IdleThreads(cache, pool);
            OtherThread.run(() -> dead.check(THREADS, () -> {}));
            OtherThread.runVirtual(() -> passAllThrough(pool));
            OtherThread.run(() -> passAllThrough(pool));
            IdleThreads none = new IdleThreads(cache, pool);
            none.check(0, none::wantEverything);
            assertEquals(0, none.promised());
            Healthy.checkNothingLive(cache);
        }
    }

    /** Leaves magazines and depot as full as possible. */
    private void passAllThrough(Pool pool) {
        long[] objects = new long[(int) bound];
        for (int i = 0; i < bound; i++) {
            objects[i] = pool.tryAllocate();
        }
        for (long object : objects) {
            pool.free(object);
        }
    }

    @Test
    void aPoolThatStarvesOthersIsCaught() {
        SlabCache cache = cache();
        IdleThreads idle = new IdleThreads(cache, new HoardingPool(cache));
        AssertionError caught =
                assertThrows(AssertionError.class, () -> OtherThread.run(() -> idle.check(1, idle::wantEverything)));
        assertTrue(caught.getMessage().contains("starved: got only 0 of " + bound), caught.getMessage());
        cache.closeNow();
    }
}
