package io.slabcache.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Passes everything to JMH's own command line, which passes the arguments of this JVM to its forks. */
@Command(
        name = "jmh",
        description = "Pass all further arguments to JMH's own command line; try \"jmh -h\" and \"jmh -l\".")
final class JmhCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For JMH.")
    private List<String> arguments = new ArrayList<>();

    /** If an argument is wrong, JMH itself ends the JVM. */
    @Override
    public Integer call() throws Exception {
        Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
