package io.slabcache.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.LiveObjectsException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The compiler of the examples rejects bad examples and runs good ones. */
class SnippetCompilerTest {
    private static final String DOCUMENT = """
            # Title

            ```java
            try (SlabCache cache = SlabCache.builder("readme", 64).build()) {
                System.setProperty("slabcache-snippet", "ran " + cache.name());
            }
            ```

            ```sh
            not Java
            ```

            ```java
            import java.time.Duration;

            Duration second = Duration.ofSeconds(1);
            cache.allocate();
            ```

            ```java
            var cache = SlabCache.builder("readme", 64).build();
            cache.allocate();
            cache.close();
            ```

            ```java
            package example;

            import io.slabcache.SlabCache;

            public class Whole {
                public static void main(String[] arguments) {
                    System.setProperty("slabcache-snippet", "whole");
                }
            }
            ```
            """;

    private final List<JavaBlock> blocks = JavaBlock.in(DOCUMENT);

    @Test
    void onlyJavaIsTaken() {
        assertEquals(
                List.of(3, 13, 20, 26),
                blocks.stream().map(JavaBlock::fenceLine).toList());
    }

    @Test
    void statementsAreRun() throws Throwable {
        SnippetCompiler.run(blocks.get(0));
        assertEquals("ran readme", System.clearProperty("slabcache-snippet"));
    }

    @Test
    void wholeClassesAreRun() throws Throwable {
        SnippetCompiler.run(blocks.get(3));
        assertEquals("whole", System.clearProperty("slabcache-snippet"));
    }

    @Test
    void aSnippetThatDoesNotCompileIsReportedWithItsLine() {
        AssertionError found = assertThrows(AssertionError.class, () -> SnippetCompiler.run(blocks.get(1)));
        assertTrue(found.getMessage().contains("line 17: "), found.getMessage());
        assertTrue(found.getMessage().contains("cache"), found.getMessage());
        assertFalse(found.getMessage().contains("Duration"), found.getMessage());
    }

    @Test
    void aSnippetThatThrowsIsReported() {
        assertThrows(LiveObjectsException.class, () -> SnippetCompiler.run(blocks.get(2)));
    }
}
