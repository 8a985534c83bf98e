package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.Absences;
import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.catalog.MainSet;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.run.Collector;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Settings;
import io.slabcache.bench.workload.Workload;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            "Measures Slabcache and its peers, each in JVMs of its own, in less than three minutes on an idle machine; "
                    + "prints tables, and writes the raw results as JSON and CSV, and a page with charts."
        },
        footer = {
            "",
            "Ctrl-C and SIGTERM keep what was measured so far.",
            "Exit codes:",
            "    0  all was measured",
            "    1  a benchmark failed, or a file could not be written",
            "    2  wrong arguments, an input file that cannot be used, or no Java 22 or newer",
            "    3  another benchmark runs on this machine",
            "  130  ended by Ctrl-C",
            "  143  ended by SIGTERM",
        })
final class CompareCommand implements Callable<Integer> {

    private final List<String> arguments;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-w", "--workload"},
            split = ",",
            paramLabel = "ID",
            description = "Run these workloads; see --list. Without --subject with all their subjects.")
    private List<String> workloadNames = new ArrayList<>();

    @Option(
            names = {"-s", "--subject"},
            split = ",",
            paramLabel = "ID",
            description = "Run these subjects; see --list. Without --workload under all their workloads.")
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

    @Mixin
    private HelpOption help;

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

    /** The main set runs under each collector in a full run; a JVM that was told its collector has only that one. */
    private Map<Collector, List<Benchmark>> byCollector(Catalog catalog, List<Benchmark> benchmarks) {
        List<Collector> named = settingsOptions.collectors();
        boolean isTold = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.matches("-XX:\\+Use.*GC"));
        if (!named.isEmpty() && isTold) {
            throw new IllegalArgumentException("--gc was given beside a collector before -jar, expected one of them.");
        }
        Map<Collector, List<Benchmark>> byCollector = new LinkedHashMap<>();
        named.forEach(collector -> byCollector.put(collector, benchmarks));
        if (named.isEmpty()) {
            byCollector.put(Collector.DEFAULT, benchmarks);
        }
        if (named.isEmpty() && !isTold && settingsOptions.isFull()) {
            List<Benchmark> main = catalog.select(MainSet.WORKLOADS, MainSet.subjects(catalog)).stream()
                    .filter(benchmarks::contains)
                    .toList();
            byCollector.put(Collector.PARALLEL, main);
            byCollector.put(Collector.Z, main);
        }
        return byCollector;
    }

    /** Detects every wrong argument before the first fork. */
    private Comparison comparison(Catalog catalog) {
        try {
            Settings settings = settingsOptions.settings();
            boolean main = workloadNames.isEmpty() && subjectNames.isEmpty() && !settingsOptions.isFull();
            List<Workload> workloads = main ? MainSet.WORKLOADS : Selection.workloads(catalog, workloadNames);
            List<SubjectInfo> subjects = main ? MainSet.subjects(catalog) : Selection.subjects(catalog, subjectNames);
            List<Benchmark> benchmarks = catalog.select(workloads, subjects);
            List<String> absences = new Absences(catalog).lines(workloads, subjects);
            if (benchmarks.isEmpty()) {
                throw new IllegalArgumentException(
                        "no chosen subject does a chosen workload: " + absences.getFirst() + ".");
            }
            return new Comparison(
                    Plan.of(settings, byCollector(catalog, benchmarks)),
                    workloads,
                    subjectNames.isEmpty() ? measured(benchmarks) : subjects,
                    subjectNames.isEmpty() ? List.of() : absences,
                    ResultFile.prepare(output),
                    arguments,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
