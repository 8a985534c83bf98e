package io.slabcache.bench.cli;

import io.slabcache.bench.page.ReportFiles;
import io.slabcache.bench.report.JsonFile;
import io.slabcache.bench.report.Machine;
import io.slabcache.bench.report.Origin;
import io.slabcache.bench.run.FailedTask;
import io.slabcache.bench.run.ForkTask;
import io.slabcache.bench.run.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** What runs of {@code latency} and {@code memory} have in common: where they write, and how they end. */
final class LoadRun {

    private final PrintWriter out;
    private final PrintWriter err;
    final List<FailedTask> failures = new ArrayList<>();

    private final Path file;
    private final List<String> arguments;
    private final Machine machine = Machine.current();
    private final OffsetDateTime start = OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS);

    LoadRun(CommandSpec spec, Path file) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
        this.file = file;
        this.arguments = spec.root().commandLine().getParseResult().originalArgs();
        out.printf("%s, %d cores, %s%n%s%n", machine.cpu(), machine.cores(), machine.os(), machine.jdk());
        out.flush();
    }

    /** Returns the circumstances of the run so far. */
    Origin origin() {
        return Origin.of(start, Duration.between(start, OffsetDateTime.now()), arguments, machine);
    }

    /**
     * Returns the listener of a series of forks.
     *
     * @param tasks their number
     * @param measured gets what they measure
     * @param results all that was measured so far, to be written after each fork
     */
    <T extends ForkTask, R> ForkLog<T, R> log(int tasks, List<R> measured, Supplier<?> results) {
        return new ForkLog<>(tasks, measured, failures, err, () -> JsonFile.write(results.get(), file));
    }

    /** Prints the tables of what was measured, makes the page, and returns the exit code. */
    int end(String tables, Stop stop) throws IOException {
        boolean measured = !tables.isEmpty();
        out.printf("%n%s%n", tables);
        out.printf(
                "%s; %s%n",
                Progress.minutes(Duration.between(start, OffsetDateTime.now())),
                measured
                        ? "results in %s; the page with charts:%n%s".formatted(file, ReportFiles.write(file))
                        : "nothing was measured");
        out.flush();
        if (stop.isRequested()) {
            return ExitCode.interrupted(err);
        }
        return failures.isEmpty() ? 0 : ExitCode.FAILED;
    }
}
