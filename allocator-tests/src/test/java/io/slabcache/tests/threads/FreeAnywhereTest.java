package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.Healthy;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Objects come back, and are counted once each, from any place in which a program may free them. The check must catch a
 * pool that loses objects.
 */
@ParameterizedClass(name = "lockless {0}, checks {1}")
@CsvSource({"true, STANDARD", "true, NONE", "false, STANDARD"})
@Timeout(60)
class FreeAnywhereTest {
    private static final int OBJECTS = 5_000;
    private static final int HOOKS = 8;

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    Checks checks;

    private SlabCache cache() {
        return SlabCache.builder("anywhere", 64)
                .lockless(lockless)
                .checks(checks)
                .magazineCapacity(32)
                .maxObjects(OBJECTS)
                .build();
    }

    private static void allocateAndFreeAt(Place place, SlabCache cache, Pool pool) throws InterruptedException {
        long[] objects = new long[OBJECTS];
        assertTrue(cache.allocateBulk(objects, 0, OBJECTS));
        place.freeAll(objects, pool::free);
        Healthy.checkNothingLive(cache);
        assertEquals(OBJECTS, cache.stats().frees());
        assertEquals(0, cache.stats().misuses());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyObjectComesBack(Place place) throws InterruptedException {
        try (SlabCache cache = cache()) {
            allocateAndFreeAt(place, cache, Pool.of(cache));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"OWN_EXECUTOR", "PARALLEL_STREAM", "CONSTRUCTOR_OF_ANOTHER_CACHE"})
    void aPoolThatLosesObjectsIsCaught(Place place) {
        SlabCache cache = cache();
        AssertionError caught =
                assertThrows(AssertionError.class, () -> allocateAndFreeAt(place, cache, new LosingPool(cache)));
        assertTrue(caught.getMessage().contains("live objects"), caught.getMessage());
        cache.closeNow();
    }

    @ParameterizedTest(name = "{0} objects lost")
    @CsvSource({"0", "3"})
    void shutdownHooksMayFreeTheirObjects(int forgotten, @TempDir Path folder) {
        ChildJvm.Result result = ChildJvm.run(
                folder,
                "-cp",
                ChildJvm.libraryAndTests(),
                ShutdownProgram.class.getName(),
                "" + lockless,
                "" + checks,
                "" + HOOKS,
                "" + OBJECTS,
                "" + forgotten);
        assertAll(
                () -> assertEquals("", result.errors()),
                () -> assertEquals(
                        "live " + forgotten + ", freed " + (OBJECTS - forgotten) + ", findings []",
                        result.output().strip()),
                () -> assertEquals(0, result.exitCode()));
    }
}
