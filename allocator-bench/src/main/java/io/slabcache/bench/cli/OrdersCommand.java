package io.slabcache.bench.cli;

import io.slabcache.bench.demo.orders.EventFile;
import io.slabcache.bench.demo.orders.MalformedEventException;
import io.slabcache.bench.demo.orders.OrderFork;
import io.slabcache.bench.demo.orders.OrderMeasurement;
import io.slabcache.bench.demo.orders.OrderSubject;
import io.slabcache.bench.demo.orders.OrderTable;
import io.slabcache.bench.demo.orders.OrderTask;
import io.slabcache.bench.run.ForkSeries;
import io.slabcache.bench.run.MachineBusyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares ways to hold the orders of a book. */
@Command(
        name = "orders",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Match the orders of a book, which are flyweights over pooled objects; beside Agrona's buffers, plain "
                        + "objects and the collections of the JDK, in about three minutes. All books must make the same trades.")
final class OrdersCommand implements Callable<Integer> {

    private static final int LEAST_EVENTS = 1_000;
    private static final int MOST_EVENTS = 100_000_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Make N events from the seed; default 10,000,000.")
    private int events;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Of the events; default 42.")
    private long seed;

    @Option(
            names = "--file",
            paramLabel = "CSV",
            description = {
                "Read the events from a file of text in place of making them, each in a line:",
                "  insert,ID,buy|sell,PRICE,QUANTITY",
                "  cancel,ID",
                "ID is any whole number that is inserted once, PRICE 1 to 65,535 ticks, QUANTITY 1 or more. To cancel an order "
                        + "that does not rest does nothing. Empty lines and those that begin with # are left out."
            })
    private Path file;

    @Option(
            names = {"-s", "--subject"},
            split = ",",
            paramLabel = "ID",
            description =
                    "Measure only these books: slabcache, slabcache-agrona, agrona, objects, pooled-objects, java.")
    private List<String> subjectNames = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Go through all books N times, each time in new JVMs; default 3.")
    private int rounds;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException, InterruptedException, MachineBusyException {
        DemoRun run = new DemoRun(spec.commandLine());
        run.requireRounds(rounds);
        run.require(
                events >= LEAST_EVENTS && events <= MOST_EVENTS,
                "--events",
                events,
                LEAST_EVENTS + " to " + MOST_EVENTS);
        int count = file == null ? events : eventsOfFile(run);
        String path = file == null ? null : file.toString();
        List<OrderSubject> subjects = run.contenders(subjectNames, OrderSubject.values(), OrderSubject::id);
        List<OrderTask> tasks = run.inRounds(
                rounds, subjects, (subject, round) -> new OrderTask(subject.id(), round, seed, count, path));
        List<OrderMeasurement> all = new ArrayList<>();
        int code = run.run(
                about(count, subjects), tasks, new ForkSeries<>(OrderFork.class, OrderMeasurement.class), measured -> {
                    all.addAll(measured);
                    return new OrderTable(measured).render();
                });
        return code == 0 && !new OrderTable(all).isSound() ? 1 : code;
    }

    private int eventsOfFile(DemoRun run) throws IOException {
        run.requireFile(file, "a file of events");
        try {
            return EventFile.check(file);
        } catch (MalformedEventException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private String about(int count, List<OrderSubject> subjects) {
        String books = subjects.stream()
                .map(subject -> "  %-16s %s%n".formatted(subject.id(), subject.about()))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                """

                An order book of one instrument, one thread: insert, cancel, match. %,d events
                from %s.
                %sEach in JVMs of its own with a heap of %,d MiB, in turn, in %d round%s.
                """,
                count,
                file == null ? "the seed " + seed : "the file " + file.getFileName(),
                books,
                OrderTask.HEAP_MIB,
                rounds,
                rounds == 1 ? "" : "s");
    }
}
