package io.slabcache.bench.cli;

import io.slabcache.bench.demo.AeronDemo;
import io.slabcache.bench.demo.AeronUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs {@link AeronDemo}. */
@Command(
        name = "aeron",
        usageHelpAutoWidth = true,
        description = "Send pooled objects to a second process with Aeron, which copies them into pooled objects.")
final class AeronCommand implements Callable<Integer> {

    private static final int MOST_MESSAGES = 100_000_000;

    /** Of a message that needs no reassembly. */
    private static final int MOST_BYTES = 1_376;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--channel",
            paramLabel = "URI",
            defaultValue = "aeron:ipc",
            description = "Aeron's channel: aeron:ipc, the default, or aeron:udp?endpoint=127.0.0.1:40123.")
    private String channel;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Send N; default 1,000,000.")
    private int messages;

    @Option(names = "--bytes", paramLabel = "N", defaultValue = "256", description = "Bytes of each; default 256.")
    private int bytes;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(messages, "--messages", 1, MOST_MESSAGES);
        require(bytes, "--bytes", AeronDemo.LEAST_BYTES, MOST_BYTES);
        AeronDemo.Result result = run();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d of %,d messages of %,d bytes arrived whole and in order through %s,%n"
                        + "in %.2f s, with the filling and checking of each (%,.0f a second).%n",
                result.whole(),
                messages,
                bytes,
                channel,
                result.seconds(),
                messages / result.seconds());
        print(out, "sender", result.sent());
        print(out, "receiver", result.received());
        out.flush();
        return result.whole() == messages
                        && result.sent().live() + result.received().live() == 0
                ? 0
                : 1;
    }

    private AeronDemo.Result run() throws IOException, InterruptedException {
        try {
            return new AeronDemo(channel, messages, bytes).run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--channel " + e.getMessage());
        }
    }

    private void print(PrintWriter out, String process, AeronUse use) {
        out.printf(
                Locale.ROOT,
                "%-8s  %,d objects cached and %,d live at the end; %,d KiB of Java heap in all, %.1f bytes a message%n",
                process,
                use.cached(),
                use.live(),
                use.heapBytes() >> 10,
                use.heapBytes() / (double) messages);
    }

    private void require(int given, String option, int least, int most) {
        if (given < least || given > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " was " + given + ", expected " + least + " to " + most + ".");
        }
    }
}
