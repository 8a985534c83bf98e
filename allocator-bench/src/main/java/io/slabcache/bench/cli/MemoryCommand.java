package io.slabcache.bench.cli;

import io.slabcache.bench.memory.AccessFork;
import io.slabcache.bench.memory.AccessMeasurement;
import io.slabcache.bench.memory.AccessTask;
import io.slabcache.bench.memory.MemoryFork;
import io.slabcache.bench.memory.MemoryMeasurement;
import io.slabcache.bench.memory.MemoryResults;
import io.slabcache.bench.memory.MemoryTable;
import io.slabcache.bench.memory.MemoryTask;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the memory of the process while objects come and go. */
@Command(
        name = "memory",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measure the memory of the process under a steady load and a burst of 1 GiB of objects, and random accesses "
                    + "with each kind of pages; each subject in a JVM of its own, in about three minutes."
        })
final class MemoryCommand implements Callable<Integer> {

    private static final int LIVE = 1_024;
    private static final int QUICK_LIVE = 32;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadOptions options;

    @Option(
            names = "--access",
            paramLabel = "MIB",
            description = "Access so many MiB of objects at random; default 2,048; 0 for no accesses.")
    private Integer access;

    @Option(names = "--steady", paramLabel = "MILLIS", description = "Length of the steady load; default 3,000.")
    private Integer steadyMillis;

    @Option(names = "--idle", paramLabel = "MILLIS", description = "Idle time after the burst; default 3,000.")
    private Integer idleMillis;

    @Override
    public Integer call() throws IOException, InterruptedException, MachineBusyException {
        SlotPlan plan;
        List<MemoryTask> loads;
        List<AccessTask> accesses;
        Path file;
        try {
            plan = options.plan(options.isQuick() ? QUICK_LIVE : LIVE);
            List<SlotSubject> subjects = options.subjects(SlotSubject.onAnyMachine());
            loads = loads(plan, subjects);
            accesses = accesses(subjects);
            file = options.output();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return run(plan, loads, accesses, file);
    }

    private int run(SlotPlan plan, List<MemoryTask> loads, List<AccessTask> accesses, Path file)
            throws IOException, InterruptedException, MachineBusyException {
        LoadRun run = new LoadRun(spec, file);
        List<MemoryMeasurement> measuredLoads = new ArrayList<>();
        List<AccessMeasurement> measuredAccesses = new ArrayList<>();
        Supplier<MemoryResults> results =
                () -> MemoryResults.of(run.origin(), plan, measuredLoads, measuredAccesses, run.failures);
        MachineLock lock = MachineLock.acquire();
        try (lock;
                Stop stop = new Stop()) {
            new ForkSeries<MemoryTask, MemoryMeasurement>(MemoryFork.class, MemoryMeasurement.class)
                    .run(loads, stop, run.log(loads.size(), measuredLoads, results));
            new ForkSeries<AccessTask, AccessMeasurement>(AccessFork.class, AccessMeasurement.class)
                    .run(accesses, stop, run.log(accesses.size(), measuredAccesses, results));
            return run.end(new MemoryTable(results.get()).render(), stop);
        }
    }

    private List<MemoryTask> loads(SlotPlan plan, List<SlotSubject> subjects) {
        int steady = options.number("--steady", steadyMillis, 3_000, 100);
        int idle = options.number("--idle", idleMillis, 3_000, 500);
        return subjects.stream()
                .map(subject -> new MemoryTask(subject.id(), 1, plan, steady, idle))
                .toList();
    }

    private List<AccessTask> accesses(List<SlotSubject> subjects) {
        int mebibytes = access == null ? options.isQuick() ? QUICK_LIVE : 2 * LIVE : access;
        if (mebibytes == 0) {
            return List.of();
        }
        SlotPlan plan = options.plan("--access", mebibytes);
        int millis = options.isQuick() ? 50 : 2_000;
        return SlotSubject.ofEachKindOfMemory().stream()
                .filter(subjects::contains)
                .map(subject -> new AccessTask(subject.id(), 1, plan, millis))
                .toList();
    }
}
