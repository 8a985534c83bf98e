package io.slabcache.tests.docs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java example for users compiles, and runs without an exception. A page may be tested by the artifact that it is
 * about instead, where the library it needs is.
 */
@Timeout(60)
class ReadmeTest {
    private static final Set<String> TESTED_ELSEWHERE = Set.of("docs/integrations/arrow.md");

    private static List<JavaBlock> blocks(String document) throws IOException {
        Path file = Project.file(document);
        assertTrue(Files.isRegularFile(file), () -> "there is no " + file);
        return JavaBlock.in(Files.readString(file));
    }

    static List<String> documents() throws IOException {
        List<String> documents = new ArrayList<>(List.of(
                "README.md",
                "docs/ownership.md",
                "docs/debugging.md",
                "docs/troubleshooting.md",
                "docs/memory.md",
                "docs/sizes.md",
                "docs/migrating.md",
                "docs/low-latency.md"));
        try (Stream<Path> pages = Files.list(Project.file("docs/integrations"))) {
            pages.map(page -> "docs/integrations/" + page.getFileName())
                    .sorted()
                    .forEach(documents::add);
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theDocumentHasExamples(String document) throws IOException {
        assertFalse(blocks(document).isEmpty(), "no block starts with ```java");
    }

    @TestFactory
    Stream<DynamicTest> everyExampleRuns() throws IOException {
        List<DynamicTest> all = new ArrayList<>();
        for (String document : documents()) {
            if (!TESTED_ELSEWHERE.contains(document)) {
                examples(document).forEach(all::add);
            }
        }
        return all.stream();
    }

    private static Stream<DynamicTest> examples(String document) throws IOException {
        return blocks(document).stream()
                .map(block -> DynamicTest.dynamicTest(
                        document + ", line " + block.fenceLine(), () -> SnippetCompiler.run(block)));
    }
}
