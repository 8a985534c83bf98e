package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random caches in random use are what the model is. One failing case is run again with {@code -Dslabcache.test.seed=}
 * and the seed in its message; {@code -Dslabcache.test.iterations=} makes it run longer.
 */
class ModelTest {
    private static final long FIRST_SEED = 20_261_122;
    private static final int STEPS = 1_500;

    private final LogCapture log = new LogCapture();

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void everyRandomCacheBehavesAsTheModel() {
        Long given = Long.getLong("slabcache.test.seed");
        long first = given == null ? FIRST_SEED : given;
        int iterations = Integer.getInteger("slabcache.test.iterations", given == null ? 150 : 1);
        int run = 0;
        for (long seed = first; seed < first + iterations; seed++) {
            run(seed);
            run++;
        }
        assertEquals(iterations, run);
    }

    private static void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Setup setup = Setup.random(random);
        try {
            if (setup.virtual()) {
                OtherThread.runVirtual(() -> run(setup, random));
            } else {
                run(setup, random);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("-Dslabcache.test.seed=" + seed + ", " + setup + ", " + e.getMessage(), e);
        }
    }

    private static void run(Setup setup, SplittableRandom random) {
        try (Pool pool = setup.open()) {
            new Driver(setup, pool, random).run(STEPS, 50);
        }
    }
}
