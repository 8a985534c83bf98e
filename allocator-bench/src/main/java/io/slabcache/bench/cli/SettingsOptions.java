package io.slabcache.bench.cli;

import io.slabcache.bench.run.Collector;
import io.slabcache.bench.run.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options about time; each one overrides a value of the chosen preset. */
final class SettingsOptions {

    @ArgGroup(exclusive = true)
    private Preset preset = new Preset();

    @Option(names = "--rounds", paramLabel = "N", description = "Go through all benchmarks N times.")
    private Integer rounds;

    @Option(names = "--warmup", paramLabel = "MILLIS", description = "Warm up each JVM for this time.")
    private Integer warmupMillis;

    @Option(names = "--iterations", paramLabel = "N", description = "Measure N times in each JVM.")
    private Integer iterations;

    @Option(names = "--time", paramLabel = "MILLIS", description = "Length of each measurement.")
    private Integer iterationMillis;

    @Option(names = "--object-size", paramLabel = "BYTES", description = "Size of each object; default 256.")
    private Integer objectSize;

    /** At most one may be given. */
    static final class Preset {

        @Option(names = "--quick", description = "A first look in less than a minute: one round.")
        private boolean quick;

        @Option(
                names = "--full",
                description =
                        "All workloads and subjects, and the main ones under Parallel and ZGC, too: about 40 minutes.")
        private boolean full;
    }

    @Option(
            names = "--gc",
            split = ",",
            paramLabel = "COLLECTOR",
            description =
                    "Run under these collectors: g1, parallel, z; default is the JVM's own, with --full the main set "
                            + "under parallel and z as well.")
    private List<String> collectorNames = new ArrayList<>();

    /** Returns the collectors that are named. */
    List<Collector> collectors() {
        List<Collector> collectors = new ArrayList<>();
        for (String name : collectorNames) {
            collectors.add(Arrays.stream(Collector.values())
                    .filter(collector -> collector != Collector.DEFAULT)
                    .filter(collector -> collector.id().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unknown collector '" + name + "', expected g1, parallel or z.")));
        }
        return collectors;
    }

    /** Returns whether everything shall run that is not excluded by name. */
    boolean isFull() {
        return preset.full;
    }

    Settings settings() {
        Settings base = preset.quick ? Settings.QUICK : Settings.STANDARD;
        return new Settings(
                positive("--rounds", rounds, base.rounds()),
                positive("--warmup", warmupMillis, base.warmupMillis()),
                positive("--iterations", iterations, base.iterations()),
                positive("--time", iterationMillis, base.iterationMillis()),
                positive("--object-size", objectSize, base.objectSize()));
    }

    private static int positive(String option, Integer given, int preset) {
        if (given == null) {
            return preset;
        }
        if (given <= 0) {
            throw new IllegalArgumentException(option + " was " + given + ", expected a number above 0.");
        }
        return given;
    }
}
