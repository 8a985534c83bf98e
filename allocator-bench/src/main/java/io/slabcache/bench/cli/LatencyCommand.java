package io.slabcache.bench.cli;

import io.slabcache.bench.latency.LatencyFork;
import io.slabcache.bench.latency.LatencyMeasurement;
import io.slabcache.bench.latency.LatencyResults;
import io.slabcache.bench.latency.LatencyTable;
import io.slabcache.bench.latency.LatencyTask;
import io.slabcache.bench.run.ForkSeries;
import io.slabcache.bench.run.MachineBusyException;
import io.slabcache.bench.run.MachineLock;
import io.slabcache.bench.run.Stop;
import io.slabcache.bench.slots.SlotPlan;
import io.slabcache.bench.slots.SlotSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures single calls while memory grows and shrinks. */
@Command(
        name = "latency",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measure how long single calls take while the live objects grow to 2 GiB, and while all of them are freed; "
                    + "each subject in JVMs of its own, in about five minutes."
        })
final class LatencyCommand implements Callable<Integer> {

    private static final int LIVE = 2_048;
    private static final int QUICK_LIVE = 32;
    private static final int FASTEST = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadOptions options;

    @Option(
            names = "--rate",
            paramLabel = "MIB",
            description = "Grow by so many MiB a second; default 256; 0 for as fast as possible.")
    private int rate = 256;

    @Option(names = "--rounds", paramLabel = "N", description = "Go through all subjects N times; default 2.")
    private Integer rounds;

    @Option(names = "--warmup", paramLabel = "MILLIS", description = "Warm up each JVM for this time; default 2,000.")
    private Integer warmupMillis;

    @Override
    public Integer call() throws IOException, InterruptedException, MachineBusyException {
        List<LatencyTask> tasks;
        Path file;
        SlotPlan plan;
        try {
            plan = options.plan(options.isQuick() ? QUICK_LIVE : LIVE);
            tasks = tasks(plan);
            file = options.output();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return run(plan, tasks, file);
    }

    private int run(SlotPlan plan, List<LatencyTask> tasks, Path file)
            throws IOException, InterruptedException, MachineBusyException {
        LoadRun run = new LoadRun(spec, file);
        List<LatencyMeasurement> forks = new ArrayList<>();
        Supplier<LatencyResults> results = () -> LatencyResults.of(run.origin(), plan, rate, forks, run.failures);
        MachineLock lock = MachineLock.acquire();
        try (lock;
                Stop stop = new Stop()) {
            new ForkSeries<LatencyTask, LatencyMeasurement>(LatencyFork.class, LatencyMeasurement.class)
                    .run(tasks, stop, run.log(tasks.size(), forks, results));
            return run.end(new LatencyTable(results.get().summary()).render(), stop);
        }
    }

    /** Every round goes through all subjects: a temporary disturbance of the machine hits several of them alike. */
    private List<LatencyTask> tasks(SlotPlan plan) {
        List<SlotSubject> subjects = options.subjects(SlotSubject.onAnyMachine().stream()
                .filter(subject -> subject != SlotSubject.TRIM)
                .toList());
        LoadOptions.require(rate >= 0 && rate <= FASTEST, "--rate", rate, "0 to " + FASTEST + " MiB a second");
        int times = options.number("--rounds", rounds, 2, 1);
        int warmup = options.number("--warmup", warmupMillis, 2_000, 100);
        return IntStream.rangeClosed(1, times)
                .boxed()
                .flatMap(round ->
                        subjects.stream().map(subject -> new LatencyTask(subject.id(), round, plan, rate, warmup)))
                .toList();
    }
}
