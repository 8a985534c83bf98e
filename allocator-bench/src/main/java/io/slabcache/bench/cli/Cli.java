package io.slabcache.bench.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Runs the command line in a JVM that is new enough; the launcher calls it by its name. */
public final class Cli {

    private static final int EXIT_ORPHANED = 130;

    private Cli() {}

    public static void main(String[] arguments) {
        endWithLauncher();
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** The whole program but for the exit; {@code out} gets the table, {@code err} all else. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new CompareCommand(arguments))
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new ArgumentErrors());
        commandLine.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        return commandLine.execute(arguments);
    }

    /** A launcher that is killed outright cannot tell this JVM to end. */
    private static void endWithLauncher() {
        ProcessHandle.current()
                .parent()
                .ifPresent(launcher -> launcher.onExit().thenRun(() -> System.exit(EXIT_ORPHANED)));
    }
}
