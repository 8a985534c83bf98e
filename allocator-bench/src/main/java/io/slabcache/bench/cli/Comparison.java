package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.page.ReportFiles;
import io.slabcache.bench.report.JsonFile;
import io.slabcache.bench.report.Machine;
import io.slabcache.bench.report.Noise;
import io.slabcache.bench.report.Origin;
import io.slabcache.bench.report.RatioTable;
import io.slabcache.bench.report.RawResults;
import io.slabcache.bench.report.SafetyTable;
import io.slabcache.bench.report.Table;
import io.slabcache.bench.run.Execution;
import io.slabcache.bench.run.Failure;
import io.slabcache.bench.run.MachineBusyException;
import io.slabcache.bench.run.MachineLock;
import io.slabcache.bench.run.Measurement;
import io.slabcache.bench.run.Outcome;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Stop;
import io.slabcache.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.RunnerException;

/**
 * One run of the main job, from the plan to the table.
 *
 * @param absences why some subjects do not have some of the workloads, a line for each reason
 * @param file where the raw results go
 * @param arguments the command line, for the record
 */
record Comparison(
        Plan plan,
        List<Workload> workloads,
        List<SubjectInfo> subjects,
        List<String> absences,
        Path file,
        List<String> arguments,
        PrintWriter out,
        PrintWriter err) {

    /** Returns the exit code. */
    int run() throws IOException, MachineBusyException, RunnerException {
        Machine machine = Machine.current();
        out.println(new Announcement(plan).text(machine));
        OffsetDateTime start = OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS);
        Progress progress = new Progress(plan, err, Progress.isTerminal(), Comparison::millis);
        Checkpoint checkpoint =
                new Checkpoint(plan, progress, outcomes -> JsonFile.write(results(start, machine, outcomes), file));
        MachineLock lock = MachineLock.acquire();
        try (lock;
                Stop stop = new Stop()) {
            RawResults results = results(start, machine, new Execution(plan, checkpoint).run(stop));
            print(results);
            if (stop.isRequested()) {
                return ExitCode.interrupted(err);
            }
            return results.failures().isEmpty() ? 0 : failed(results.failures().size());
        }
    }

    private RawResults results(OffsetDateTime start, Machine machine, List<Outcome> outcomes) {
        return RawResults.of(
                Origin.of(start, Duration.between(start, OffsetDateTime.now()), arguments, machine),
                plan.settings(),
                only(Measurement.class, outcomes),
                only(Failure.class, outcomes));
    }

    /** Prints the tables, and writes the files, whose paths come last. */
    private void print(RawResults results) throws IOException {
        if (results.forks().isEmpty()) {
            out.println("nothing was measured");
            out.flush();
            return;
        }
        List<SubjectInfo> compared =
                subjects.stream().filter(subject -> !subject.onlyOfSafety()).toList();
        boolean isNoisy = Noise.isTooMuch(results.summary());
        out.println(new Table(results.summary()).render(workloads, compared));
        out.println(new RatioTable(results.ratios()).render(compared, isNoisy));
        out.println(new SafetyTable(results.summary()).render(subjects));
        if (!absences.isEmpty()) {
            out.println("not measured:");
            absences.forEach(line -> out.print(Lines.paragraph(line)));
            out.println();
        }
        if (isNoisy) {
            out.println(Lines.paragraph(Noise.WARNING));
        }
        JsonFile.write(results, file);
        out.printf(
                "%s; raw results in %s; the page with charts:%n%s%n",
                Progress.minutes(Duration.ofSeconds(results.origin().seconds())), file, ReportFiles.write(file));
        out.flush();
    }

    private int failed(int count) {
        err.printf(
                "%d of %d forks failed; their output is above and in %s%n",
                count, plan.steps().size(), file);
        return ExitCode.FAILED;
    }

    private static <T extends Outcome> List<T> only(Class<T> kind, List<Outcome> outcomes) {
        return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
