package io.slabcache.bench.run;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs each benchmark of the package {@code cost} once, in a JVM of its own. */
public final class CostRound {
    private static final String ALL = "\\.bench\\.cost\\.";
    private static final int ITERATIONS = 8;
    private static final int MILLIS = 60;

    private CostRound() {}

    /**
     * Returns the nanoseconds of each benchmark by its method, with a space and the value of each parameter. The shortest
     * iteration counts: what lengthens the others is the machine, and steps of some nanoseconds are differences of two times.
     *
     * @throws RunnerException if a benchmark fails
     */
    public static Map<String, Double> run() throws RunnerException {
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var options = new OptionsBuilder()
                .include(ALL)
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.milliseconds(MILLIS))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(MILLIS))
                .shouldFailOnError(true)
                .build();
        Map<String, Double> costs = new HashMap<>();
        for (RunResult result :
                new Runner(options, OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL)).run()) {
            String benchmark = result.getParams().getBenchmark();
            StringBuilder name = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
            for (String parameter : result.getParams().getParamsKeys()) {
                name.append(' ').append(result.getParams().getParam(parameter));
            }
            costs.put(name.toString(), result.getPrimaryResult().getStatistics().getMin());
        }
        return costs;
    }
}
