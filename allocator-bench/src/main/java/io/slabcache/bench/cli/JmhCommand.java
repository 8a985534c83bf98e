package io.slabcache.bench.cli;

import io.slabcache.bench.run.MachineBusyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Passes everything to JMH's own command line, which passes the arguments of this JVM to its forks. */
@Command(
        name = "jmh",
        description = "Pass all further arguments to JMH's own command line; try \"jmh -h\" and \"jmh -l\".")
final class JmhCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For JMH.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, RunnerException {
        String[] all = arguments.stream()
                .map(argument -> argument.equals("--help") ? "-h" : argument)
                .toArray(String[]::new);
        try {
            CommandLineOptions options = new CommandLineOptions(all);
            if (isQuestion(options)) {
                Main.main(all);
            } else {
                new Runner(options).run();
            }
            return 0;
        } catch (CommandLineOptionException e) {
            return end(ExitCode.USAGE, e.getMessage());
        } catch (NoBenchmarksException e) {
            return end(ExitCode.USAGE, "no benchmark matches '%s', see jmh -l.".formatted(String.join(" ", arguments)));
        } catch (RunnerException e) {
            String problem = String.valueOf(e.getMessage()).strip();
            String words = MachineBusyException.inOurWords(problem);
            return end(words.equals(problem) ? ExitCode.FAILED : ExitCode.BUSY, words);
        }
    }

    private static boolean isQuestion(CommandLineOptions options) {
        return options.shouldHelp()
                || options.shouldList()
                || options.shouldListWithParams()
                || options.shouldListProfilers()
                || options.shouldListResultFormats();
    }

    private int end(int exitCode, String problem) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("allocator-bench: " + problem.lines().findFirst().orElse("JMH failed"));
        err.flush();
        return exitCode;
    }
}
