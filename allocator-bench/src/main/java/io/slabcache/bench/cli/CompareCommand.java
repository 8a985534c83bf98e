package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Settings;
import io.slabcache.bench.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job: compares the chosen subjects under the chosen workloads. */
@Command(
        name = "java -jar allocator-bench.jar",
        mixinStandardHelpOptions = false,
        subcommands = {
            LatencyCommand.class,
            MemoryCommand.class,
            CostCommand.class,
            ChartCommand.class,
            DemoCommand.class,
            ReportCommand.class,
            TopCommand.class,
            InfoCommand.class,
            JmhCommand.class
        },
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures Slabcache and its peers, each in its own JVMs, in about ten minutes; then prints tables "
                    + "and writes the raw results as JSON."
        },
        footer = {
            "",
            "Exit code: 0, 1 if a benchmark failed, 2 for bad arguments or if there is no Java 22 or newer.",
        })
final class CompareCommand implements Callable<Integer> {

    private final List<String> arguments;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-w", "--workload"},
            split = ",",
            paramLabel = "ID",
            description = "Run only these workloads; see --list.")
    private List<String> workloadNames = new ArrayList<>();

    @Option(
            names = {"-s", "--subject"},
            split = ",",
            paramLabel = "ID",
            description = "Run only these subjects; see --list.")
    private List<String> subjectNames = new ArrayList<>();

    @Mixin
    private SettingsOptions settingsOptions;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the raw results to this file; default allocator-bench-DATE-TIME.json.")
    private Path output;

    @Option(
            names = {"-l", "--list"},
            description = "List the workloads and the subjects.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    CompareCommand(String... arguments) {
        this.arguments = List.of(arguments);
    }

    @Override
    public Integer call() throws Exception {
        Catalog catalog = Catalog.load();
        if (list) {
            spec.commandLine().getOut().print(Listing.of(catalog));
            spec.commandLine().getOut().flush();
            return 0;
        }
        return comparison(catalog).run();
    }

    /** Returns the subjects of the benchmarks, in the order of the table. */
    private static List<SubjectInfo> measured(List<Benchmark> benchmarks) {
        return benchmarks.stream().map(Benchmark::subject).distinct().sorted().toList();
    }

    /** Detects every wrong argument before the first fork. */
    private Comparison comparison(Catalog catalog) {
        try {
            Settings settings = settingsOptions.settings();
            List<Workload> workloads = Selection.workloads(catalog, workloadNames);
            List<SubjectInfo> subjects = Selection.subjects(catalog, subjectNames);
            List<Benchmark> benchmarks = catalog.select(workloads, subjects);
            if (benchmarks.isEmpty()) {
                throw new IllegalArgumentException("no chosen subject supports a chosen workload.");
            }
            return new Comparison(
                    Plan.of(settings, benchmarks),
                    workloads,
                    subjectNames.isEmpty() ? measured(benchmarks) : subjects,
                    ResultFile.prepare(output),
                    arguments,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
