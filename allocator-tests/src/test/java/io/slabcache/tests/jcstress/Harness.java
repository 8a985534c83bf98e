package io.slabcache.tests.jcstress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** Runs jcstress in a JVM of its own, which forks one for each test, and reads its results. */
final class Harness {
    private static final Path FOLDER = Project.file("allocator-tests/target/jcstress");

    /** jcstress prints this when it has finished. */
    private static final String END = "RUN RESULTS:";

    private Harness() {}

    /**
     * Runs tests.
     *
     * @param tests names of all tests to run, at least one
     * @return one result for each fork, at least one for each run of jcstress
     */
    static Collection<TestResult> run(List<String> tests, Effort effort) throws Exception {
        int runs = Math.min(effort.runs(), tests.size());
        List<Callable<Collection<TestResult>>> parts = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            int part = i;
            // In turn, because the tests of one scenario take about the same time.
            String filter = IntStream.range(0, tests.size())
                    .filter(index -> index % runs == part)
                    .mapToObj(index -> Pattern.quote(tests.get(index)))
                    .collect(Collectors.joining("|", "^(", ")$"));
            parts.add(() -> run(filter, effort));
        }
        List<TestResult> results = new ArrayList<>();
        try (ExecutorService running = Executors.newFixedThreadPool(runs)) {
            for (Future<Collection<TestResult>> run : running.invokeAll(parts)) {
                results.addAll(run.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError failure) {
                throw failure;
            }
            throw e;
        }
        return results;
    }

    private static Collection<TestResult> run(String filter, Effort effort) throws IOException {
        Files.createDirectories(FOLDER);
        Path folder = Files.createTempDirectory(FOLDER, "run-");
        ChildJvm.Result ended = ChildJvm.run(
                folder, effort.patience(), arguments(folder, filter, effort).toArray(String[]::new));
        // The exit code is ignored: it reports failed tests, and the known-bad ones have to fail.
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".bin.gz")).toList();
        }
        assertEquals(1, files.size(), () -> "no test was run: " + ended);
        assertTrue(ended.output().contains(END), () -> "stopped too early: " + ended);
        return read(files.getFirst());
    }

    /** The forks inherit the options of this JVM. */
    private static List<String> arguments(Path folder, String filter, Effort effort) {
        List<String> arguments = new ArrayList<>(List.of(
                "-ea",
                // Enables the padding of jcstress.
                "-XX:-RestrictContended",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "-t",
                filter,
                "-r",
                folder.resolve("report").toString()));
        arguments.addAll(effort.options());
        return arguments;
    }

    private static Collection<TestResult> read(Path file) throws IOException {
        InProcessCollector collector = new InProcessCollector();
        DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
        try {
            reader.dump();
        } catch (ClassNotFoundException e) {
            throw new IOException("not a result of this version of jcstress: " + file, e);
        } finally {
            reader.close();
        }
        return collector.getTestResults();
    }
}
