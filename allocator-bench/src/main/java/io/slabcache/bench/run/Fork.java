package io.slabcache.bench.run;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs one benchmark in a new JVM through JMH, and keeps its output off the screen. The fork gets the arguments of this
 * JVM, before those that its subject adds.
 *
 * <p>It measures throughput, because JMH adds that up over the threads. It would take the mean of their average times,
 * in which a thread with little processor time counts too much.
 */
final class Fork {

    private static final String GARBAGE = "gc.alloc.rate.norm";

    /** An iteration that takes so much longer than planned will never end: the fork has failed. */
    private static final int STALL_MILLIS = 60_000;

    /**
     * Iterations of the warm-up. A single one would not do: JMH's loop around the benchmark is compiled while it runs,
     * and again when the next iteration starts, which would then be measured.
     */
    private static final int WARMUPS = 4;

    private final Settings settings;
    private final List<String> jvmArguments;

    /** The arguments come before all others. */
    Fork(Settings settings, List<String> jvmArguments) {
        this.settings = settings;
        this.jvmArguments = jvmArguments;
    }

    /**
     * Takes as long as the fork.
     *
     * @throws RunnerException when JMH refuses to start anything, which it would also do for the other steps
     */
    Outcome run(Step step) throws RunnerException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            var format = OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
            Collection<RunResult> results = new Runner(options(step), format).run();
            if (!results.isEmpty()) {
                return measurement(step, results.iterator().next());
            }
        }
        return new Failure(step, output.toString(StandardCharsets.UTF_8).strip());
    }

    private Options options(Step step) {
        return new OptionsBuilder()
                .include("^" + Pattern.quote(step.benchmark().method()) + "$")
                .param("objectSize", String.valueOf(step.benchmark().workload().objectSize(settings.objectSize())))
                .mode(Mode.Throughput)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(step.benchmark().workload().threads())
                .forks(1)
                .warmupIterations(WARMUPS)
                .warmupTime(TimeValue.milliseconds(Math.ceilDiv(settings.warmupMillis(), WARMUPS)))
                .measurementIterations(settings.iterations())
                .measurementTime(TimeValue.milliseconds(settings.iterationMillis()))
                .timeout(TimeValue.milliseconds(STALL_MILLIS + settings.millisPerFork()))
                .jvmArgsPrepend(jvmArguments.toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .build();
    }

    private static Measurement measurement(Step step, RunResult result) {
        List<Double> scores = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                scores.add(1 / iteration.getPrimaryResult().getScore());
            }
        }
        return new Measurement(
                step, scores, result.getSecondaryResults().get(GARBAGE).getScore());
    }
}
