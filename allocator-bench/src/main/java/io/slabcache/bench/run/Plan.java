package io.slabcache.bench.run;

import io.slabcache.bench.catalog.Benchmark;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The order of the forks: every round goes through all benchmarks, workload by workload. A temporary disturbance of the
 * machine therefore affects neighbouring benchmarks, and not all rounds of one.
 *
 * @param settings how long each fork runs
 * @param steps all forks, in order
 */
public record Plan(Settings settings, List<Step> steps) {

    /** What the JVM of a fork takes to start and to end. */
    private static final int FORK_MILLIS = 500;

    /** How fast a live set grows. */
    private static final int LIVE_OBJECTS_PER_MILLI = 3_000;

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Returns how long a step runs. The cost of safety is a factor, for which less time suffices. */
    Settings settings(Step step) {
        Settings own = step.benchmark().subject().onlyOfSafety() ? settings.rough() : settings;
        return own.warmedUp(step.benchmark().workload().warmups());
    }

    /** Returns about how long the whole takes on an idle machine. */
    public long millis() {
        return steps.stream().mapToLong(this::millis).sum();
    }

    /** Returns about how long a step takes: its loop, its JVM, and its live set. */
    public long millis(Step step) {
        return settings(step).millisPerFork()
                + FORK_MILLIS
                + step.benchmark().workload().liveObjects() / LIVE_OBJECTS_PER_MILLI;
    }

    /** Goes through the benchmarks, which are ordered by workload, once per round. */
    public static Plan of(Settings settings, List<Benchmark> benchmarks) {
        return of(settings, Map.of(Collector.DEFAULT, benchmarks));
    }

    /** Likewise, where each collector has benchmarks of its own, one collector after the other. */
    public static Plan of(Settings settings, Map<Collector, List<Benchmark>> benchmarks) {
        return new Plan(
                settings,
                IntStream.rangeClosed(1, settings.rounds())
                        .boxed()
                        .flatMap(round -> benchmarks.entrySet().stream()
                                .flatMap(of -> of.getValue().stream()
                                        .map(benchmark -> new Step(round, benchmark, of.getKey()))))
                        .toList());
    }
}
