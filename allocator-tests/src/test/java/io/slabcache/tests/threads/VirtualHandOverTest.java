package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hundred thousand virtual threads that block while they hold objects: no object is lost or has two owners. The
 * checks must catch pools that lose objects, hand one out twice, or keep what threads freed.
 */
class VirtualHandOverTest {
    private static final int KNOWN_BAD_THREADS = 5_000;

    /**
     * The second bound suffices exactly for the objects that threads hold at one time and those that may be cached
     * meanwhile.
     */
    @ParameterizedTest(name = "{0} threads, at most {1} objects")
    @CsvSource({"100000, " + Long.MAX_VALUE, "20000, 1400"})
    void everyObjectArrivesAndMemoryStaysSmall(int threads, long maxObjects) {
        try (SlabCache cache = VirtualHandOver.cache(maxObjects)) {
            new VirtualHandOver(cache, Pool.of(cache), threads).check();
        }
    }

    @Test
    void aPoolThatLosesObjectsIsCaught() {
        assertCaught("live objects", LosingPool::new);
    }

    @Test
    void aPoolThatGivesAnObjectTwiceIsCaught() {
        assertCaught("threads failed", TwiceGivingPool::new);
    }

    @Test
    void aPoolThatKeepsFreedObjectsWithTheThreadIsCaught() {
        assertCaught("live objects", HoardingPool::new);
    }

    private static void assertCaught(String finding, Function<SlabCache, Pool> faulty) {
        SlabCache cache = VirtualHandOver.cache(Long.MAX_VALUE);
        VirtualHandOver handOver = new VirtualHandOver(cache, faulty.apply(cache), KNOWN_BAD_THREADS);
        AssertionError caught = assertThrows(AssertionError.class, handOver::check);
        assertTrue(caught.getMessage().contains(finding), caught.getMessage());
        cache.closeNow();
    }
}
