package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.run.Failure;
import io.slabcache.bench.run.Listener;
import io.slabcache.bench.run.Outcome;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Step;
import io.slabcache.bench.workload.Workload;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows what is running and how much time is left: on a terminal in one line that is overwritten, elsewhere in one line
 * for each workload of a round.
 */
final class Progress implements Listener {

    /** Terminals that cannot overwrite a line call themselves so. */
    private static final String DUMB = "dumb";

    private final Plan plan;
    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier clockMillis;
    private final long start;
    private final TimeLeft left;
    private int done;

    /** Of the line that is shown. */
    private int columns;

    private Workload shown;

    Progress(Plan plan, PrintWriter err, boolean terminal, LongSupplier clockMillis) {
        this.plan = plan;
        this.err = err;
        this.terminal = terminal;
        this.clockMillis = clockMillis;
        this.start = clockMillis.getAsLong();
        this.left = new TimeLeft(plan);
    }

    /**
     * Returns whether standard output, and so most likely the error stream, goes to a terminal that can overwrite a line.
     */
    static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal() && !DUMB.equals(System.getenv("TERM"));
    }

    @Override
    public void starting(Step step) {
        Benchmark benchmark = step.benchmark();
        String text = "%3d of %d  round %d of %d  %-14s %s%s left"
                .formatted(
                        done + 1,
                        plan.steps().size(),
                        step.round(),
                        plan.settings().rounds(),
                        benchmark.workload().id(),
                        terminal ? benchmark.subject().id() + "  " : "",
                        left());
        if (terminal) {
            clear();
            err.print(text);
            columns = text.length();
        } else if (benchmark.workload() != shown) {
            err.println(text);
        }
        shown = benchmark.workload();
        err.flush();
    }

    /** Shows a failure at once: the user may wish to stop. */
    @Override
    public void ended(Outcome outcome) {
        done++;
        left.ended(outcome.step());
        if (terminal) {
            clear();
        }
        if (outcome instanceof Failure failure) {
            Benchmark benchmark = failure.step().benchmark();
            err.printf(
                    "%s %s failed in round %d; its output:%n%s%n",
                    benchmark.workload().id(),
                    benchmark.subject().id(),
                    failure.step().round(),
                    failure.output().indent(4).stripTrailing());
        }
        err.flush();
    }

    /** Overwrites the line without an escape sequence, which is none of a terminal that wants no colours. */
    private void clear() {
        err.print("\r" + " ".repeat(columns) + "\r");
        columns = 0;
    }

    private String left() {
        return minutes(Duration.ofMillis(left.millis(clockMillis.getAsLong() - start)));
    }

    /** Formats as minutes:seconds. */
    static String minutes(Duration duration) {
        return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
