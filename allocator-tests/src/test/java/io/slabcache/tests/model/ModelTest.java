package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.Debug;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random calls on random caches have the results of the model. To repeat a failing case, pass the seed in its message
 * with {@code -Dslabcache-test.seed=}; {@code -Dslabcache-test.iterations=} lengthens the run.
 */
class ModelTest {
    private static final long FIRST_SEED = 20_261_122;
    private static final int STEPS = 1_500;

    @Test
    void everyRandomCacheBehavesAsTheModel() {
        Long given = Long.getLong("slabcache-test.seed");
        long first = given == null ? FIRST_SEED : given;
        int iterations = Integer.getInteger("slabcache-test.iterations", given == null ? 150 : 1);
        int run = 0;
        for (long seed = first; seed < first + iterations; seed++) {
            run(seed);
            run++;
        }
        assertEquals(iterations, run);
    }

    /** Each letter alone and all together, through builder and property: a random choice might omit one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyWayToDebugBehavesAsTheModel(boolean byProperty) {
        List<List<Debug>> ways = new ArrayList<>();
        Stream.of(Debug.values()).map(List::of).forEach(ways::add);
        ways.add(List.of(Debug.values()));
        long seed = Long.getLong("slabcache-test.seed", FIRST_SEED);
        for (List<Debug> debug : ways) {
            long reported = run(seed, Setup.debugged(debug, byProperty), new SplittableRandom(seed));
            boolean isLookedAt = debug.contains(Debug.REDZONES) || debug.contains(Debug.POISON);
            assertEquals(isLookedAt, reported > 0, () -> reported + " illegal writes were reported with " + debug);
        }
        assertEquals(Debug.values().length + 1, ways.size());
    }

    /** Guarded objects are checked like those of a debugged cache; the seed decides what happens to which object. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void guardedObjectsBehaveAsTheModel(int offset) {
        long seed = Long.getLong("slabcache-test.seed", FIRST_SEED) + offset;
        assertTrue(run(seed, Setup.GUARDED, new SplittableRandom(seed)) > 0, "nothing was written and reported");
    }

    private static void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        run(seed, Setup.random(random), random);
    }

    /** Keeps the trace off the console, and drops it soon. */
    private static long run(long seed, Setup setup, SplittableRandom random) {
        try (LogCapture log = new LogCapture()) {
            long[] reported = new long[1];
            if (setup.virtual()) {
                OtherThread.runVirtual(() -> reported[0] = run(setup, random));
            } else {
                reported[0] = run(setup, random);
            }
            checkTraced(setup, log);
            return reported[0];
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("-Dslabcache-test.seed=" + seed + ", " + setup + ", " + e.getMessage(), e);
        }
    }

    /** The trace of a cache shows that it was debugged as requested. */
    private static void checkTraced(Setup setup, LogCapture log) {
        boolean isTraced = log.records().stream().anyMatch(logged -> logged.getLevel() == Level.INFO);
        assertEquals(setup.debug().contains(Debug.TRACE), isTraced, "traced");
    }

    /** Returns the number of illegal writes that were reported. */
    private static long run(Setup setup, SplittableRandom random) {
        try (Pool pool = setup.open()) {
            Driver driver = new Driver(setup, pool, random);
            driver.run(STEPS, 50);
            driver.close();
            return driver.reportedWrites();
        }
    }
}
