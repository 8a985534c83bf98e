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

/** The sources of the library keep to the rules, and the rules find those that do not. */
class ArchitectureTest {
    private static final List<String> ARTIFACTS = List.of("core", "junit");

    private static List<SourceFile> sources() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (String artifact : ARTIFACTS) {
            files.addAll(SourceFile.in(Project.file("allocator/" + artifact + "/src/main/java")));
        }
        return files;
    }

    @Test
    void theLibraryKeepsToTheRules() throws IOException {
        assertEquals(List.of(), Rules.violations(sources()));
    }

    @Test
    void noArtifactIsLeftOut() throws IOException {
        try (Stream<Path> folders = Files.list(Project.file("allocator"))) {
            assertEquals(
                    Set.copyOf(ARTIFACTS),
                    folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                            .map(folder -> folder.getFileName().toString())
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void theLibraryIsReadWithItsLayers() throws IOException {
        List<SourceFile> files = sources();
        assertTrue(files.size() > 20, files::toString);
        Set<String> packages = files.stream().map(SourceFile::packageName).collect(Collectors.toSet());
        assertTrue(
                packages.containsAll(Set.of(
                        "io.slabcache.internal.util",
                        "io.slabcache.memory",
                        "io.slabcache.internal.slab",
                        "io.slabcache.internal.magazine",
                        "io.slabcache")),
                packages::toString);
        assertTrue(files.stream().anyMatch(file -> file.usedPackages().contains("io.slabcache.internal.slab")));
    }

    @Test
    void noFileIsExceptedFromItsLengthWithoutNeed() throws IOException {
        Set<String> needy = sources().stream()
                .filter(file -> file.lines() > Rules.MOST_LINES)
                .map(SourceFile::name)
                .collect(Collectors.toSet());
        assertTrue(needy.containsAll(Rules.MAY_BE_LONGER.keySet()), Rules.MAY_BE_LONGER::toString);
    }

    @Test
    void anImportOfAHigherLayerIsFound() {
        assertFound("Low.java uses io.slabcache", """
                package io.slabcache.internal.slab;
                import io.slabcache.Checks;
                class Low {}
                """);
        assertFound("Low.java uses io.slabcache.internal.magazine", """
                package io.slabcache.internal.slab;
                import static io.slabcache.internal.magazine.Depot.*;
                class Low {}
                """);
        assertFound("Low.java uses io.slabcache.internal.slab", """
                package io.slabcache.memory;
                import io.slabcache.internal.slab.*;
                class Low {}
                """);
    }

    @Test
    void aNameWrittenOutInCodeIsFound() {
        assertFound("Low.java uses io.slabcache.internal.magazine", """
                package io.slabcache.internal.util;
                class Low {
                    Object depot = new io.slabcache.internal.magazine.Depot();
                }
                """);
    }

    @Test
    void aPackageThatNobodyPlannedIsFound() {
        assertFound("Low.java is in no layer", "package io.slabcache.internal.misc;\nclass Low {}\n");
        assertFound("Low.java is in no layer", "package com.example;\nclass Low {}\n");
    }

    @Test
    void edgesDoNotKnowEachOtherAndNobodyKnowsThem() {
        assertFound(
                "Low.java uses io.slabcache.netty",
                "package io.slabcache.agrona;\nimport io.slabcache.netty.Buffers;\nclass Low {}\n");
        assertFound(
                "Low.java uses io.slabcache.netty",
                "package io.slabcache;\nimport io.slabcache.netty.Buffers;\nclass Low {}\n");
    }

    @Test
    void internalsOfTheJdkAreFound() {
        assertFound("Low.java uses sun.misc.Unsafe", "package io.slabcache;\nimport sun.misc.Unsafe;\nclass Low {}\n");
        assertFound(
                "Low.java uses jdk.internal.misc.Unsafe",
                "package io.slabcache;\nclass Low { jdk.internal.misc.Unsafe u; }\n");
    }

    @Test
    void aFileThatIsTooLongIsFound() {
        assertFound("Low.java has 301 lines", "package io.slabcache;\n" + "\n".repeat(299) + "class Low {}\n");
    }

    @Test
    void whatComesBetweenALockAndItsReleaseIsFound() {
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
        assertEquals(List.of(), Rules.violations(List.of(file)));
    }

    @Test
    void commentsStringsAndLowerLayersAreNotReported() {
        SourceFile file = SourceFile.of("Fine.java", """
                package io.slabcache.internal.slab;
                import io.slabcache.memory.MemoryRegion;
                /** For {@link io.slabcache.SlabCache}, not sun.misc.Unsafe. */
                class Fine {
                    // io.slabcache.internal.magazine.Depot
                    String name = "io.slabcache.internal.magazine.Depot";
                    char quote = '"'; // io.slabcache.SlabCache
                    String sentence = "\\"io.slabcache.SlabCache";
                }
                """);
        assertEquals(Set.of("io.slabcache.memory"), file.usedPackages());
        assertEquals(List.of(), Rules.violations(List.of(file)));
    }

    private static void assertFound(String violation, String source) {
        assertEquals(List.of(violation), Rules.violations(List.of(SourceFile.of("Low.java", source))));
    }
}
