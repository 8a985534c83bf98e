package io.slabcache.bench.cli;

import io.slabcache.bench.demo.packets.PacketFork;
import io.slabcache.bench.demo.packets.PacketMeasurement;
import io.slabcache.bench.demo.packets.PacketSubject;
import io.slabcache.bench.demo.packets.PacketTable;
import io.slabcache.bench.demo.packets.PacketTask;
import io.slabcache.bench.demo.packets.Traffic;
import io.slabcache.bench.run.ForkSeries;
import io.slabcache.bench.run.MachineBusyException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares pools of buffers under datagrams. */
@Command(
        name = "packets",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Receive datagrams of UDP straight into pooled objects in one thread, parse and free them in another; "
                        + "beside a queue of buffers, Netty's pools and new buffers, in about a minute and a half.")
final class PacketsCommand implements Callable<Integer> {

    private static final double LEAST_SECONDS = 0.05;
    private static final double MOST_SECONDS = 600;

    /** What a JVM needs beside what it measures. */
    private static final double START_SECONDS = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "Measure each pool for so long in each round; default 3.")
    private double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Go through all pools N times, each time in new JVMs; default 3.")
    private int rounds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Of sizes and contents; default 42.")
    private long seed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException, MachineBusyException {
        DemoRun run = new DemoRun(spec.commandLine());
        run.require(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS, "--seconds", seconds, "0.05 to 600");
        run.requireRounds(rounds);
        List<PacketTask> tasks = run.inRounds(
                rounds, PacketSubject.values(), (subject, round) -> new PacketTask(subject.id(), round, seed, seconds));
        return run.run(
                about(tasks),
                tasks,
                new ForkSeries<>(PacketFork.class, PacketMeasurement.class),
                measured -> new PacketTable(measured).render());
    }

    private String about(List<PacketTask> tasks) {
        String pools = Arrays.stream(PacketSubject.values())
                .map(subject -> "  %-15s %s%n".formatted(subject.id(), subject.about()))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                """

                UDP over the loopback: one thread receives into buffers of the pool, another one checks every byte
                and frees. Datagrams of %s, seed %d.
                %sEach in JVMs of its own with a heap of %d MiB, in turn, in %d round%s of %s s: about %d s.
                """,
                Traffic.sizes(),
                seed,
                pools,
                PacketTask.HEAP_MIB,
                rounds,
                rounds == 1 ? "" : "s",
                seconds,
                Math.round(tasks.stream()
                        .mapToDouble(task -> task.seconds() + task.warmupSeconds() + START_SECONDS)
                        .sum()));
    }
}
