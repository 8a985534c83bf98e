package io.slabcache.internal.util;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the tests of one class in a JVM of its own. */
final class TestClassInJvm {
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int NO_TEST = 2;
    private static final int MOST_HOURS = 4;

    private TestClassInJvm() {}

    /**
     * Starts a JVM and waits for its end.
     *
     * @param options of the JVM
     * @param test class
     * @param folder for what the tests print
     * @return nothing if the class has tests and all of them passed; else what the JVM printed
     */
    static String failures(List<String> options, Class<?> test, Path folder) throws IOException, InterruptedException {
        Path output = Files.createDirectories(folder).resolve(test.getSimpleName() + ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> key.startsWith("slabcache-"))
                .forEach(key -> command.add("-D" + key + "=" + System.getProperty(key)));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), TestClassInJvm.class.getName(), test.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_HOURS, TimeUnit.HOURS)) {
                return "hangs: " + String.join(" ", command);
            }
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue() == PASSED
                ? ""
                : "exit code " + process.exitValue() + "\n" + Files.readString(output);
    }

    public static void main(String[] arguments) throws ClassNotFoundException {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Class.forName(arguments[0])))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printTo(new PrintWriter(System.out));
        summary.printFailuresTo(new PrintWriter(System.out));
        boolean isEmpty = summary.getTestsSucceededCount() + summary.getTestsAbortedCount() == 0;
        // Lincheck may leave threads.
        System.exit(summary.getTotalFailureCount() > 0 ? FAILED : isEmpty ? NO_TEST : PASSED);
    }
}
