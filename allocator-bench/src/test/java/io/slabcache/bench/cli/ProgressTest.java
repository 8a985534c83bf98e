package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.run.Failure;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Settings;
import io.slabcache.bench.run.Step;
import io.slabcache.bench.workload.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The progress names the running step and estimates the time left, on a terminal and in a log. The clock is the test's.
 */
class ProgressTest {

    private final Plan plan = Plan.of(
            new Settings(2, 300, 5, 100, 256),
            List.of(Benchmarks.of(Workload.PAIR, "limit"), Benchmarks.of(Workload.PAIR, "malloc")));
    private final StringWriter text = new StringWriter();
    private long millis;

    @Test
    void estimatesTheTimeLeftFromTheForksSoFar() {
        Progress progress = progress(true);
        run(progress, plan.steps().get(0), 1_300);
        progress.starting(plan.steps().get(1));
        assertTrue(text.toString().endsWith("0:03 left"), text.toString());
        assertTrue(text.toString().contains("  2 of 4  round 1 of 2  pair           malloc "), text.toString());
    }

    /** A line may be overwritten, but not by a sequence that a terminal without colours does not expect. */
    @Test
    void writesNoEscapeSequence() {
        Progress progress = progress(true);
        plan.steps().forEach(step -> run(progress, step, 1_000));
        assertFalse(text.toString().contains("\u001b"), text.toString());
        assertTrue(text.toString().contains("\r"), text.toString());
    }

    @Test
    void writesALineForEachWorkloadWhereThereIsNoTerminal() {
        Progress progress = progress(false);
        plan.steps().forEach(step -> run(progress, step, 1_000));
        assertEquals(1, text.toString().lines().count());
    }

    @Test
    void showsTheOutputOfAFailure() {
        Step step = plan.steps().getFirst();
        progress(false).ended(new Failure(step, "first\nsecond"));
        assertEquals(
                List.of("pair limit failed in round 1; its output:", "    first", "    second"),
                text.toString().lines().toList());
    }

    private Progress progress(boolean terminal) {
        return new Progress(plan, new PrintWriter(text), terminal, () -> millis);
    }

    private void run(Progress progress, Step step, long took) {
        progress.starting(step);
        millis += took;
        progress.ended(new Measurement(step, List.of(1.0), 0));
    }
}
