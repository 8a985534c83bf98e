package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Settings;
import io.slabcache.bench.run.Step;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The time left follows the machine, but never grows by more than a tenth. */
class TimeLeftTest {

    private final Plan plan = Plan.of(
            Settings.STANDARD,
            List.of(
                    Benchmarks.of(Workload.PAIR, "limit"),
                    Benchmarks.of(Workload.REPLACE_1M, "limit"),
                    Benchmarks.of(Workload.HAND_OVER, "malloc")));

    @Test
    void isRightWhereEachForkTakesAsLongAsPlanned() {
        TimeLeft left = new TimeLeft(plan);
        assertEquals(plan.millis(), left.millis(0));
        long elapsed = 0;
        for (Step step : plan.steps()) {
            elapsed += plan.millis(step);
            left.ended(step);
            assertEquals(plan.millis() - elapsed, left.millis(elapsed));
        }
        assertEquals(0, left.millis(elapsed));
    }

    @Test
    void neverGrowsByMoreThanATenth() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            double slowness = 1 + 4 * random.nextDouble();
            growsLittle(step -> (long) (plan.millis(step) * slowness * random.nextDouble() * 2));
        }
    }

    private void growsLittle(ToLongFunction<Step> took) {
        TimeLeft left = new TimeLeft(plan);
        long least = left.millis(0);
        long elapsed = 0;
        for (Step step : plan.steps()) {
            elapsed += took.applyAsLong(step);
            left.ended(step);
            long shown = left.millis(elapsed);
            assertTrue(shown <= 1.1 * least + 1, shown + " after " + least);
            least = Math.min(least, shown);
        }
        assertEquals(0, least);
    }

    @Test
    void becomesShortOnAFastMachine() {
        TimeLeft left = new TimeLeft(plan);
        long elapsed = 0;
        for (Step step : plan.steps().subList(0, 6)) {
            elapsed += plan.millis(step) / 2;
            left.ended(step);
        }
        assertTrue(left.millis(elapsed) < plan.millis() / 3 * 0.9, () -> "as if nothing was measured");
    }
}
