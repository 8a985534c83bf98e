package io.slabcache.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every public type has an example in its Javadoc, and the root package too; every such example compiles. */
class JavadocTest {
    private static final List<String> ARTIFACTS = List.of("core", "junit", "agrona", "netty");
    private static final Pattern EXPORT = Pattern.compile("(?m)^    exports ([\\w.]+);");

    /** The declaration after the first comment: of the public type or, in a {@code package-info}, of the package. */
    private static final Pattern DECLARED = Pattern.compile("(?m)^public |\\*/\\s+(@\\w+\\s+)*package ");

    private static List<Path> publicFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String artifact : ARTIFACTS) {
            Path sources = Project.file("allocator/" + artifact + "/src/main/java");
            Matcher export = EXPORT.matcher(read(sources.resolve("module-info.java")));
            while (export.find()) {
                try (Stream<Path> folder =
                        Files.list(sources.resolve(export.group(1).replace('.', '/')))) {
                    folder.filter(file -> file.toString().endsWith(".java"))
                            .filter(JavadocTest::isPublic)
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    private static boolean isPublic(Path file) {
        return file.endsWith("io/slabcache/package-info.java")
                || Pattern.compile("(?m)^public ").matcher(read(file)).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the comment of the type or package has an example; one of a method does not count. */
    private static boolean hasExample(String source) {
        Matcher declared = DECLARED.matcher(source);
        return declared.find()
                && !JavadocExample.in(source.substring(0, declared.start())).isEmpty();
    }

    @Test
    void everyPublicTypeHasAnExample() throws IOException {
        List<Path> files = publicFiles();
        assertTrue(files.size() > 20, files::toString);
        assertEquals(
                List.of(),
                files.stream().filter(file -> !hasExample(read(file))).toList());
    }

    @TestFactory
    Stream<DynamicTest> everyExampleCompiles() throws IOException {
        return publicFiles().stream()
                .flatMap(file -> JavadocExample.in(read(file)).stream()
                        .map(example -> DynamicTest.dynamicTest(
                                file.getFileName() + ", line " + example.preLine(),
                                () -> SnippetCompiler.compile(example))));
    }

    @Test
    void aTypeWithoutAnExampleIsFound() {
        assertFalse(hasExample("""
                package io.slabcache;

                /** Does something. */
                public final class Silent {
                    /**
                     * An example of a method.
                     *
                     * <pre>{@code
                     * call();
                     * }</pre>
                     */
                    public void call() {}
                }
                """));
    }

    @Test
    void anExampleThatDoesNotCompileIsReportedWithItsLine() {
        JavadocExample stale = JavadocExample.in("""
                package io.slabcache;

                /**
                 * Frees.
                 *
                 * <pre>{@code
                 * cache.free(packet);
                 * cache.release(packet);
                 * }</pre>
                 */
                public final class Stale {}
                """).getFirst();
        AssertionError found = assertThrows(AssertionError.class, () -> SnippetCompiler.compile(stale));
        assertTrue(found.getMessage().contains("line 8: "), found.getMessage());
        assertTrue(found.getMessage().contains("release"), found.getMessage());
    }

    @Test
    void anExampleThatDeclaresSomethingCompiles() throws IOException {
        SnippetCompiler.compile(new JavadocExample(1, "@NoLeaks\nclass OrderBookTest { ... }"));
        assertThrows(
                AssertionError.class,
                () -> SnippetCompiler.compile(new JavadocExample(1, "@NoLeak\nclass OrderBookTest { ... }")));
    }
}
