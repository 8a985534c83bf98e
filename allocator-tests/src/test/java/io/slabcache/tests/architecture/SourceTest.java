package io.slabcache.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sources of the library obey the rules, and the rules find planted violations. */
class SourceTest {
    private static final List<String> ARTIFACTS = List.of("core", "junit", "agrona", "netty", "micrometer", "arrow");

    private static List<SourceFile> sources() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (String artifact : ARTIFACTS) {
            files.addAll(SourceFile.in(Project.file("allocator/" + artifact + "/src/main/java")));
        }
        return files;
    }

    @Test
    void theLibraryObeysTheRules() throws IOException {
        assertEquals(List.of(), SourceRules.violations(sources()));
    }

    @Test
    void noArtifactIsLeftOut() throws IOException {
        try (Stream<Path> folders = Files.list(Project.file("allocator"))) {
            assertEquals(
                    Set.copyOf(ARTIFACTS),
                    folders.filter(folder -> Files.exists(folder.resolve("src/main/java")))
                            .map(folder -> folder.getFileName().toString())
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void noFileIsExceptedFromItsLengthWithoutNeed() throws IOException {
        Set<String> needy = sources().stream()
                .filter(file -> file.lines() > SourceRules.MOST_LINES)
                .map(SourceFile::name)
                .collect(Collectors.toSet());
        assertTrue(needy.containsAll(SourceRules.MAY_BE_LONGER.keySet()), SourceRules.MAY_BE_LONGER::toString);
    }

    @Test
    void aFileThatIsTooLongIsFound() {
        assertFound("Low.java has 301 lines", "package io.slabcache;\n" + "\n".repeat(299) + "class Low {}\n");
        SourceFile marked = SourceFile.of("io/slabcache/package-info.java", "@NullMarked\npackage io.slabcache;\n");
        SourceFile calls = SourceFile.of("io/slabcache/SlabCache.java", "package io.slabcache;\n" + "\n".repeat(420));
        assertEquals(
                List.of("io/slabcache/SlabCache.java has 421 lines"), SourceRules.violations(List.of(calls, marked)));
    }

    @Test
    void aPackageThatIsNotNullMarkedIsFound() {
        SourceFile type = SourceFile.of("io/slabcache/nio/Pool.java", "package io.slabcache.nio;\nclass Pool {}\n");
        SourceFile plain = SourceFile.of("io/slabcache/nio/package-info.java", "package io.slabcache.nio;\n");
        SourceFile marked =
                SourceFile.of("io/slabcache/nio/package-info.java", "@NullMarked\npackage io.slabcache.nio;\n");
        List<String> found = List.of("io/slabcache/nio/ has no package-info with @NullMarked");
        assertEquals(found, SourceRules.violations(List.of(type)));
        assertEquals(found, SourceRules.violations(List.of(type, plain)));
        assertEquals(List.of(), SourceRules.violations(List.of(type, marked)));
    }

    @Test
    void aStatementBetweenLockAndTryIsFound() {
        for (String body : List.of(
                "lock.lock(); int capacity = budget.take(); try { work(); } finally { lock.unlock(); }",
                "lock.lock(); return workAndUnlock();",
                "return lock.tryLock() ? workAndUnlock() : null;",
                "if (!lock.tryLock()) { return null; } prepare(); try { work(); } finally { lock.unlock(); }")) {
            assertFound(
                    "Low.java does something between acquiring lock and the try that releases it",
                    "package io.slabcache;\nclass Low { Object work() { " + body + " } }\n");
        }
    }

    @Test
    void aLockThatIsReleasedWhateverHappensIsNotReported() {
        SourceFile file = SourceFile.of("Fine.java", """
                package io.slabcache;
                class Fine {
                    void wait() {
                        growth.lock();
                        growth.unlock();
                    }
                    void work() {
                        growth.lock();
                        // At once.
                        try {
                            act();
                        } finally {
                            growth.unlock();
                        }
                        if (found || !lock.tryLock()) {
                            return found;
                        }
                        try {
                            act();
                        } finally {
                            lock.unlock();
                        }
                    }
                }
                """);
        assertEquals(List.of(), SourceRules.violations(List.of(file)));
    }

    @Test
    void commentsAndStringsAreNoCode() {
        SourceFile file = SourceFile.of("Fine.java", """
                package io.slabcache;
                class Fine {
                    // lock.lock();
                    String name = "lock.lock();";
                    char quote = '"'; /* lock.lock(); */
                }
                """);
        assertEquals(List.of(), SourceRules.violations(List.of(file)));
    }

    private static void assertFound(String violation, String source) {
        assertEquals(List.of(violation), SourceRules.violations(List.of(SourceFile.of("Low.java", source))));
    }
}
