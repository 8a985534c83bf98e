package io.slabcache.bench.cli;

import io.slabcache.bench.demo.packets.Capture;
import io.slabcache.bench.demo.packets.MalformedCaptureException;
import io.slabcache.bench.demo.packets.PacketFork;
import io.slabcache.bench.demo.packets.PacketMeasurement;
import io.slabcache.bench.demo.packets.PacketSubject;
import io.slabcache.bench.demo.packets.PacketTable;
import io.slabcache.bench.demo.packets.PacketTask;
import io.slabcache.bench.demo.packets.SeededTraffic;
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
            names = {"-s", "--subject"},
            split = ",",
            paramLabel = "ID",
            description = "Measure only these pools: slabcache, queue, netty-adaptive, netty-pooled, allocate-direct.")
    private List<String> subjectNames = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Go through all pools N times, each time in new JVMs; default 3.")
    private int rounds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Of sizes and contents; default 42.")
    private long seed;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description =
                    "Send the payloads of UDP in a captured file in their order, again and again, in place of those "
                            + "from the seed: 2 to 2,048 bytes each, 64 MiB in all. The format is pcap, as 'tcpdump -w' writes "
                            + "it, not pcapng.")
    private Path pcap;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException, InterruptedException, MachineBusyException {
        DemoRun run = new DemoRun(spec.commandLine());
        run.require(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS, "--seconds", seconds, "0.05 to 600");
        run.requireRounds(rounds);
        String datagrams =
                pcap == null ? "Datagrams of %s, seed %d.%n".formatted(SeededTraffic.sizes(), seed) : captured(run);
        String path = pcap == null ? null : pcap.toString();
        List<PacketSubject> subjects = run.contenders(subjectNames, PacketSubject.values(), PacketSubject::id);
        List<PacketTask> tasks = run.inRounds(
                rounds, subjects, (subject, round) -> new PacketTask(subject.id(), round, seed, path, seconds));
        return run.run(
                about(datagrams, subjects, tasks),
                tasks,
                new ForkSeries<>(PacketFork.class, PacketMeasurement.class),
                measured -> new PacketTable(measured).render());
    }

    private String captured(DemoRun run) throws IOException {
        run.requireFile(pcap, "a file of captured packets");
        try {
            return Capture.read(pcap).about();
        } catch (MalformedCaptureException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    private String about(String datagrams, List<PacketSubject> subjects, List<PacketTask> tasks) {
        String pools = subjects.stream()
                .map(subject -> "  %-15s %s%n".formatted(subject.id(), subject.about()))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                """

                UDP over the loopback: one thread receives into buffers of the pool, another one checks every byte
                and frees.
                %s%sEach in JVMs of its own with a heap of %d MiB, in turn, in %d round%s of %s s: about %d s.
                """,
                datagrams,
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
