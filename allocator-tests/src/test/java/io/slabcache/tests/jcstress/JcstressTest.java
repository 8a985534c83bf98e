package io.slabcache.tests.jcstress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.InAnotherJvm;
import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.annotations.JCStressTest;

/** Runs all jcstress tests: those of the cache pass, and each known-bad pool is caught. */
@InAnotherJvm
class JcstressTest {
    private static final String ONLY = "slabcache-test.jcstress.only";
    private static final String KNOWN_BAD = ".KnownBad";

    private static SortedMap<String, Findings> findings;

    @BeforeAll
    static void run() throws Exception {
        long start = System.nanoTime();
        findings = Findings.of(Harness.run(List.copyOf(wanted()), Effort.ofThisRun()));
        print((System.nanoTime() - start) / 1_000_000_000);
    }

    private static SortedSet<String> wanted() throws IOException {
        Pattern only = Pattern.compile(System.getProperty(ONLY, ""));
        SortedSet<String> wanted = tests();
        wanted.removeIf(test -> !only.matcher(test).find());
        return wanted;
    }

    private static void print(long seconds) {
        findings.values().forEach(System.out::println);
        long knownBad =
                findings.keySet().stream().filter(JcstressTest::isKnownBad).count();
        System.out.printf(
                "jcstress: %d tests of the cache and %d known-bad ones, %d actors, %d forks, %,d samples, %d s%n",
                findings.size() - knownBad,
                knownBad,
                findings.values().stream().mapToInt(Findings::actors).sum(),
                findings.values().stream().mapToInt(Findings::forks).sum(),
                findings.values().stream().mapToLong(Findings::samples).sum(),
                seconds);
    }

    private static boolean isKnownBad(String test) {
        return test.endsWith(KNOWN_BAD);
    }

    @TestFactory
    Stream<DynamicTest> test() {
        return findings.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> check(isKnownBad(entry.getKey()), entry.getValue())));
    }

    private static void check(boolean knownBad, Findings found) {
        assertEquals(List.of(), found.errors());
        assertTrue(found.samples() > 0, "nothing was tried");
        assertEquals(List.of(), found.unnamed(), found::toString);
        if (knownBad) {
            assertFalse(found.forbidden().isEmpty(), () -> "not caught: " + found);
        } else {
            assertEquals(List.of(), found.forbidden(), found::toString);
        }
    }

    @Test
    void everyTestWasRun() throws IOException {
        assertEquals(wanted(), findings.keySet());
    }

    /** Returns the tests in the compiler's output folder, which do not depend on what jcstress lists. */
    private static SortedSet<String> tests() throws IOException {
        Path folder = Project.file("allocator-tests/target/test-classes");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> load(file.replace(".class", "").replaceAll("[/\\\\]", ".")))
                    .filter(type -> type.isAnnotationPresent(JCStressTest.class))
                    .map(Class::getCanonicalName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, JcstressTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyScenarioHasAKnownBadPool() throws IOException {
        SortedSet<String> tests = tests();
        assertTrue(tests.size() > 10, tests::toString);
        for (String test : tests) {
            String scenario = test.substring(0, test.lastIndexOf('.'));
            assertTrue(tests.contains(scenario + KNOWN_BAD), scenario);
        }
    }

    @Test
    void aRunWithoutTestsFails() {
        AssertionError failure =
                assertThrows(AssertionError.class, () -> Harness.run(List.of("no such test"), Effort.ofThisRun()));
        assertTrue(failure.getMessage().contains("no test was run"), failure.getMessage());
    }
}
