package io.slabcache.bench.cli;

import io.slabcache.bench.run.ParentJvm;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Runs the command line in a JVM that is new enough; the launcher calls it by its name. */
public final class Cli {

    private Cli() {}

    public static void main(String[] arguments) {
        ParentJvm.endTogether();
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** Runs the whole program, except for the exit; {@code out} gets the table, {@code err} everything else. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new CompareCommand(arguments))
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new ArgumentErrors())
                .setExecutionExceptionHandler(new RunErrors());
        commandLine.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        for (String load : List.of("latency", "memory")) {
            commandLine
                    .getSubcommands()
                    .get(load)
                    .getCommandSpec()
                    .usageMessage()
                    .footer(Listing.ofLoads());
        }
        for (String measuring : List.of("latency", "memory", "costs")) {
            endWithExitCodes(commandLine.getSubcommands().get(measuring));
        }
        commandLine.getSubcommands().get("demo").getSubcommands().values().forEach(Cli::endWithExitCodes);
        return commandLine.execute(arguments);
    }

    private static void endWithExitCodes(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.footer(Stream.concat(Arrays.stream(help.footer()), Stream.of("", "The main --help lists the exit codes."))
                .toArray(String[]::new));
    }
}
