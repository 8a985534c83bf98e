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
     * @param filter regular expression that is found in the names of the tests to run
     * @return one result for each fork, at least one
     */
    static Collection<TestResult> run(String filter, Effort effort) throws IOException {
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
