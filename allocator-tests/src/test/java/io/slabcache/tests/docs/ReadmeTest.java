package io.slabcache.tests.docs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every Java example in the README compiles, runs and throws nothing. */
@Timeout(60)
class ReadmeTest {
    private static final Path README = Project.file("README.md");

    private static List<JavaBlock> blocks() throws IOException {
        assertTrue(Files.isRegularFile(README), "there is no README.md in the root of the project");
        return JavaBlock.in(Files.readString(README));
    }

    @Test
    void theReadmeHasExamples() throws IOException {
        assertFalse(blocks().isEmpty(), "no block starts with ```java");
    }

    @TestFactory
    Stream<DynamicTest> everyExampleRuns() throws IOException {
        return blocks().stream()
                .map(block -> DynamicTest.dynamicTest(
                        "README.md, line " + block.fenceLine(), () -> SnippetCompiler.run(block)));
    }
}
