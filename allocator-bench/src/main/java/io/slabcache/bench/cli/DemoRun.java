package io.slabcache.bench.cli;

import io.slabcache.bench.report.Machine;
import io.slabcache.bench.run.FailedTask;
import io.slabcache.bench.run.ForkSeries;
import io.slabcache.bench.run.ForkTask;
import io.slabcache.bench.run.MachineBusyException;
import io.slabcache.bench.run.MachineLock;
import io.slabcache.bench.run.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A demonstration that compares contenders: forks in turn, then a table. */
final class DemoRun {

    private static final int MOST_ROUNDS = 100;

    private final CommandLine commandLine;

    DemoRun(CommandLine commandLine) {
        this.commandLine = commandLine;
    }

    /** Fails with one line unless a number is within its bounds. */
    void require(boolean holds, String option, Object given, String expected) {
        if (!holds) {
            throw new ParameterException(commandLine, option + " was " + given + ", expected " + expected + ".");
        }
    }

    /** Returns the contenders of these names, or all if there are none; fails with one line if a name is wrong. */
    <S> List<S> contenders(List<String> names, S[] known, Function<S, String> id) {
        try {
            return Selection.contenders(names, known, id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, e.getMessage(), e);
        }
    }

    /** Fails with one line unless a file can be read. */
    void requireFile(Path file, String expected) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(commandLine, "cannot read '%s', expected %s.".formatted(file, expected));
        }
    }

    /** Fails with one line unless so many rounds are possible. */
    void requireRounds(int rounds) {
        require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds", rounds, "1 to " + MOST_ROUNDS);
    }

    /**
     * Returns a task for each contender in each round. Every round goes through all contenders: a temporary disturbance of
     * the machine hits several of them alike.
     */
    <S, T extends ForkTask> List<T> inRounds(int rounds, List<S> contenders, BiFunction<S, Integer, T> task) {
        return IntStream.rangeClosed(1, rounds)
                .boxed()
                .flatMap(round -> contenders.stream().map(contender -> task.apply(contender, round)))
                .toList();
    }

    /**
     * Prints what will be done, does it, and prints what came out of it.
     *
     * @param about what will be done, in lines of at most 100 characters
     * @return the exit code
     */
    <T extends ForkTask, R> int run(
            String about, List<T> tasks, ForkSeries<T, R> series, Function<List<R>, String> table)
            throws IOException, InterruptedException, MachineBusyException {
        PrintWriter out = commandLine.getOut();
        PrintWriter err = commandLine.getErr();
        Machine machine = Machine.current();
        out.printf("%s, %d cores, %s%n%s%n%s%n", machine.cpu(), machine.cores(), machine.os(), machine.jdk(), about);
        out.flush();
        List<R> measured = new ArrayList<>();
        List<FailedTask> failures = new ArrayList<>();
        MachineLock lock = MachineLock.acquire();
        try (lock;
                Stop stop = new Stop()) {
            series.run(tasks, stop, new ForkLog<>(tasks.size(), measured, failures, err, () -> {}));
            out.printf("%n%s", measured.isEmpty() ? String.format("nothing was measured%n") : table.apply(measured));
            out.flush();
            if (stop.isRequested()) {
                return ExitCode.interrupted(err);
            }
        }
        return failures.isEmpty() ? 0 : ExitCode.FAILED;
    }
}
