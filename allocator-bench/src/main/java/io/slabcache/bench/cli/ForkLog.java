package io.slabcache.bench.cli;

import io.slabcache.bench.run.FailedTask;
import io.slabcache.bench.run.ForkSeries;
import io.slabcache.bench.run.ForkTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Shows which fork runs, keeps what the forks gave, and has it written after each of them. */
final class ForkLog<T extends ForkTask, R> implements ForkSeries.Listener<T, R> {

    /** Writes all that was measured so far. */
    interface Writer {
        void write() throws IOException;
    }

    private final int tasks;
    private final List<R> results;
    private final List<FailedTask> failures;
    private final PrintWriter err;
    private final Writer writer;
    private int done;

    ForkLog(int tasks, List<R> results, List<FailedTask> failures, PrintWriter err, Writer writer) {
        this.tasks = tasks;
        this.results = results;
        this.failures = failures;
        this.err = err;
        this.writer = writer;
    }

    @Override
    public void starting(T task) {
        err.printf("%3d of %d  round %d  %s%n", ++done, tasks, task.round(), task.subject());
        err.flush();
    }

    @Override
    public void measured(T task, R result) throws IOException {
        results.add(result);
        writer.write();
    }

    @Override
    public void failed(T task, String output) throws IOException {
        failures.add(new FailedTask(task.subject(), task.round(), output));
        err.printf(
                "%s failed in round %d; its output:%n%s%n",
                task.subject(), task.round(), output.indent(4).stripTrailing());
        err.flush();
        writer.write();
    }
}
