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

    /** Runs the whole program, except for the exit; {@code out} gets the table, {@code err} everything else. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine commandLine = new CommandLine(new CompareCommand(arguments))
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(new ArgumentErrors());
        commandLine.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        return commandLine.execute(arguments);
    }

    /** Ends this JVM when its launcher is gone: a launcher that is killed cannot end it. */
    private static void endWithLauncher() {
        ProcessHandle.current()
                .parent()
                .ifPresent(launcher -> launcher.onExit().thenRun(() -> System.exit(EXIT_ORPHANED)));
    }
}
