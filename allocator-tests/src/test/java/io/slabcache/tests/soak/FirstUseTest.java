package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A first use that overflows the stack does not prevent a later use from working. */
@InAnotherJvm
class FirstUseTest {
    /** Linked or initialized at the first use: string concatenation, and the sources of random numbers. */
    private static final List<String> LATE =
            List.of("makeConcatWithConstants", "java/util/concurrent/ThreadLocalRandom");

    @TempDir
    private Path folder;

    private String run(String use) {
        ChildJvm.Result result = ChildJvm.run(
                folder,
                "-Xss256k",
                "-XX:MaxJavaStackTraceDepth=16",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ChildJvm.libraryAndTests(),
                FirstUses.class.getName(),
                use,
                "1");
        assertEquals(0, result.exitCode(), result.errors());
        return result.output();
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE_FREE, that is free already",
        "LOGGED_FREE, ignored",
        "FOREIGN_FREE, which lies in no slab",
        "WRONG_SEGMENT, expected all 64 bytes",
        "BULK_FREE, of a bulk free that freed nothing",
        "STALE_HANDLE, that was freed since",
        "EXHAUSTION, 400",
        "STATISTICS, maxObjects",
        "VALIDATION, []",
        "REFUSED_CLOSE, first",
        "GUARDED, MemorySegment{",
        "TRACKED, MemorySegment{",
        "CORRUPTION, redzone overwritten"
    })
    void whatMeetsTheEndOfTheStackWorksLater(String use, String expected) {
        String output = run(use);
        assertTrue(output.matches("(?s)overflows \\d+, saw .*"), output);
        assertTrue(output.contains(expected), output);
    }

    /** An overflow inside these is hard to hit and breaks a class of the JDK, so the library does not use them. */
    @Test
    void theLibraryLinksNoMessagesAndSeedsNoRandomNumbers() throws IOException {
        Path library = Path.of(ChildJvm.library());
        if (Files.isDirectory(library)) {
            assertNoneIsLate(library);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(library)) {
            assertNoneIsLate(jar.getPath("/"));
        }
    }

    private static void assertNoneIsLate(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertFalse(classes.isEmpty());
            for (Path file : classes) {
                assertEquals(List.of(), late(file), file::toString);
            }
        }
    }

    @Test
    void aClassThatLinksItsMessagesIsFound() {
        Path tests =
                Path.of(ChildJvm.libraryAndTests().substring(ChildJvm.library().length() + 1));
        assertFalse(late(tests.resolve(FirstUses.class.getName().replace('.', '/') + ".class"))
                .isEmpty());
    }

    private static List<String> late(Path file) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return LATE.stream().filter(content::contains).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
