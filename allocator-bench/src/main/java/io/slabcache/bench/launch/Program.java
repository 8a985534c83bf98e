package io.slabcache.bench.launch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The main program, as a child of this JVM. */
final class Program {

    private static final String MAIN_CLASS = "io.slabcache.bench.cli.Cli";

    /** The first version that knows the option about sun.misc.Unsafe. */
    private static final JavaVersion UNSAFE_OPTION = JavaVersion.of("23");

    /** These ask other JVMs which classes they have loaded, which the attach API can do, but does not show. */
    private static final List<String> ATTACHING = Collections.unmodifiableList(Arrays.asList("top", "info"));

    private final JavaHome home;
    private final boolean sameJava;

    Program(JavaHome home, boolean sameJava) {
        this.home = home;
        this.sameJava = sameJava;
    }

    /** Runs the child and returns its exit code; if this JVM is told to end meanwhile, it ends the child. */
    int run(String[] arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        command(ManagementFactory.getRuntimeMXBean().getInputArguments(), arguments))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop-child"));
        return process.waitFor();
    }

    /** Returns the command line. The class path of a program started with {@code java -jar} is that jar. */
    List<String> command(List<String> userJvmArguments, String[] arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.program().toString());
        command.addAll(neededJvmArguments());
        if (arguments.length > 0 && ATTACHING.contains(arguments[0])) {
            command.add("--add-exports=jdk.attach/sun.tools.attach=ALL-UNNAMED");
        }
        for (String argument : userJvmArguments) {
            if (sameJava || argument.startsWith("-D")) { // a newer JVM may not know the other options
                command.add(argument);
            }
        }
        command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Returns the options that the peers and JMH need to run, and to run without warnings. */
    private List<String> neededJvmArguments() {
        List<String> needed = new ArrayList<>();
        needed.add("--enable-native-access=ALL-UNNAMED");
        needed.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        if (home.version().compareTo(UNSAFE_OPTION) >= 0) {
            needed.add("--sun-misc-unsafe-memory-access=allow");
        }
        return needed;
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
