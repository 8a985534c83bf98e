package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs each test of Lincheck in a JVM of its own, because a scenario takes up to fifty times as long where the classes
 * of other tests were rewritten. Two JVMs at a time, because each has one busy thread. What they print is in
 * target/lincheck.
 */
class LincheckRunsTest {
    private static final Path CLASSES = Path.of("target/test-classes");
    private static final Path OUTPUT = Path.of("target/lincheck");
    private static final Pattern LINCHECK = Pattern.compile(
            "^import (io\\.slabcache\\.internal\\.util\\.Lincheck|org\\.jetbrains\\.lincheck.*);", Pattern.MULTILINE);
    private static final String NAME = "LincheckTest.class";

    /** Lincheck rewrites the classes it tests, through an agent. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:-UseCompactObjectHeaders",
            "-XX:+EnableDynamicAgentLoading",
            "-Djdk.attach.allowAttachSelf=true",
            // In the short run of every build, the second compiler takes more time than its code saves.
            "-XX:TieredStopAtLevel=" + (Lincheck.IS_SHORT ? 1 : 4));

    private static final SortedMap<String, Future<String>> RUNS = new TreeMap<>();
    private static ExecutorService running;

    @BeforeAll
    static void start() throws IOException {
        running = Executors.newFixedThreadPool(2);
        for (Class<?> test : tests()) {
            RUNS.put(test.getSimpleName(), running.submit(() -> TestClassInJvm.failures(OPTIONS, test, OUTPUT)));
        }
    }

    @AfterAll
    static void end() {
        running.shutdownNow();
        RUNS.clear();
    }

    private static List<? extends Class<?>> tests() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(NAME))
                    .map(file -> load(file.replace(".class", "").replaceAll("[/\\\\]", ".")))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, LincheckRunsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> test() {
        return RUNS.entrySet().stream()
                .map(run -> DynamicTest.dynamicTest(
                        run.getKey(), () -> assertEquals("", run.getValue().get())));
    }

    /** A test with another name would run in the JVM of all tests, or never. */
    @Test
    void eachTestThatUsesLincheckIsFound() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            List<String> users = files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(LincheckRunsTest::usesLincheck)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
            assertTrue(users.size() > 5, users::toString);
            assertEquals(List.copyOf(RUNS.keySet()), users);
        }
    }

    private static boolean usesLincheck(Path file) {
        try {
            return LINCHECK.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Not in the build's list of tests, which has no nested classes. */
    static final class Failing {
        @Test
        void fails() {
            assertEquals(1, 2, "planted");
        }
    }

    @Test
    void aFailureAndAClassWithoutTestsAreSeen() throws Exception {
        String failures = TestClassInJvm.failures(List.of(), Failing.class, OUTPUT);
        assertTrue(failures.startsWith("exit code 1") && failures.contains("planted"), failures);
        String nothing = TestClassInJvm.failures(List.of(), String.class, OUTPUT);
        assertTrue(nothing.startsWith("exit code 2"), nothing);
    }
}
