package io.slabcache.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/**
 * A run continues after a fork that fails, and measures nanoseconds per operation over all threads. {@link
 * FailingBenchmark} fails on purpose; {@link ProbeBenchmark} takes a known time.
 */
class ExecutionTest {

    @Test
    void goesOnAfterAFailureAndKeepsItsOutput() throws RunnerException {
        Benchmark failing = new Benchmark(
                Workload.PAIR,
                Benchmarks.of(Workload.PAIR, "failing").subject(),
                FailingBenchmark.class.getName() + ".pair");
        Plan plan = Plan.of(new Settings(1, 1, 2, 1, 256), List.of(failing, limit()));
        List<Outcome> told = new ArrayList<>();
        List<Outcome> outcomes = run(plan, new Recorder(told));

        Failure failure = assertInstanceOf(Failure.class, outcomes.get(0));
        assertTrue(failure.output().contains("IllegalStateException: on purpose"), failure.output());
        Measurement measurement = assertInstanceOf(Measurement.class, outcomes.get(1));
        assertEquals(2, measurement.scores().size());
        assertTrue(measurement.scores().stream().allMatch(score -> score > 0));
        assertTrue(measurement.garbageBytes() >= 0);
        assertEquals(outcomes, told);
    }

    @Test
    void measuresNanosecondsOfOneOperation() throws RunnerException {
        Measurement measurement = assertInstanceOf(Measurement.class, probe(Workload.PAIR));
        assertTrue(
                measurement.scores().stream().allMatch(score -> score >= ProbeBenchmark.NANOSECONDS),
                measurement.scores()::toString);
    }

    @Test
    void addsUpWhatAllThreadsOfAWorkloadDo() throws RunnerException {
        Failure failure = assertInstanceOf(Failure.class, probe(Workload.OVERSUBSCRIBED));
        String expected = "Throughput of " + Workload.OVERSUBSCRIBED.threads() + " threads";
        assertTrue(failure.output().contains(expected), failure.output());
    }

    private static Outcome probe(Workload workload) throws RunnerException {
        Benchmark probe = new Benchmark(
                workload,
                Benchmarks.of(workload, "probe").subject(),
                ProbeBenchmark.class.getName() + "." + workload.id());
        Plan plan = Plan.of(new Settings(1, 1, 2, 1, 256), List.of(probe));
        return run(plan, new Recorder(new ArrayList<>())).getFirst();
    }

    private static List<Outcome> run(Plan plan, Listener listener) throws RunnerException {
        try (Stop stop = new Stop()) {
            return new Execution(plan, listener).run(stop);
        }
    }

    private static Benchmark limit() {
        Catalog catalog = Catalog.load();
        return catalog.select(List.of(Workload.PAIR), catalog.subjects()).getFirst();
    }

    private record Recorder(List<Outcome> outcomes) implements Listener {

        @Override
        public void starting(Step step) {}

        @Override
        public void ended(Outcome outcome) {
            outcomes.add(outcome);
        }
    }
}
