package io.slabcache.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints one line that says what is wrong with the arguments, and a second that says where to look. */
final class ArgumentErrors implements IParameterExceptionHandler {

    private static final int EXIT_USAGE = 2;

    /** A message that says where to look needs no second line. */
    private static final String SEE = "see --output.";

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        String message = e instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched.getUnmatched().getFirst(), e.getCommandLine())
                : e.getMessage();
        err.println("allocator-bench: " + message);
        if (message.endsWith(SEE)) {
            return EXIT_USAGE;
        }
        err.println(
                isMainJob(e.getCommandLine())
                        ? "See --help for the options and --list for the workloads and subjects."
                        : "See " + path(e.getCommandLine()) + " --help for the options"
                                + (hasSubjects(e.getCommandLine()) ? " and subjects." : "."));
        return EXIT_USAGE;
    }

    private static boolean isMainJob(CommandLine commandLine) {
        return commandLine.getParent() == null;
    }

    /** Returns the names of a subcommand as they are typed, such as {@code demo orders}. */
    private static String path(CommandLine commandLine) {
        String name = commandLine.getCommandName();
        return isMainJob(commandLine.getParent()) ? name : path(commandLine.getParent()) + " " + name;
    }

    private static boolean hasSubjects(CommandLine commandLine) {
        return commandLine.getCommandSpec().findOption("--subject") != null;
    }

    private static String unknown(String argument, CommandLine commandLine) {
        List<String> names =
                new ArrayList<>(commandLine.getCommandSpec().optionsMap().keySet());
        names.addAll(commandLine.getSubcommands().keySet());
        return Suggestion.nearest(argument, names)
                .map(name -> "unknown argument '%s', did you mean '%s'?".formatted(argument, name))
                .orElse("unknown argument '%s', expected options%s.".formatted(argument, subcommands(commandLine)));
    }

    private static String subcommands(CommandLine commandLine) {
        return commandLine.getSubcommands().isEmpty()
                ? ""
                : " or one of " + String.join(", ", commandLine.getSubcommands().keySet());
    }
}
