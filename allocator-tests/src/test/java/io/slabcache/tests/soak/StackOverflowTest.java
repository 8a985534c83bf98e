package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stack overflow anywhere inside an allocation or a free leaves no lock held and no object with two owners, and loses
 * at most the object in transit.
 */
@InAnotherJvm
class StackOverflowTest {
    private static final String PATIENCE = "PT25S";

    @TempDir
    private Path folder;

    private String run(String compilation, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                compilation,
                "-Xss256k",
                // Filling in traces of a thousand frames would take most of the time.
                "-XX:MaxJavaStackTraceDepth=16",
                "-cp",
                ChildJvm.libraryAndTests(),
                program.getName()));
        command.addAll(List.of(arguments));
        ChildJvm.Result result = ChildJvm.run(folder, command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        return result.output()
                .lines()
                .filter(line -> line.startsWith("seed "))
                .findFirst()
                .orElse(result.output());
    }

    private void assertSound(String call, String path) {
        assertSound("-Xmixed", call, path);
    }

    private void assertSound(String compilation, String call, String path) {
        String found = run(compilation, Overflows.class, call, path, PATIENCE);
        assertTrue(found.matches("seed \\d+, overflows \\d{3,}, lost \\d+, sound"), found);
    }

    @ParameterizedTest
    @CsvSource({"ALLOCATE, FAST", "FREE, FAST"})
    void magazinesStaySound(String call, String path) {
        assertSound(call, path);
    }

    @ParameterizedTest
    @CsvSource({
        "ALLOCATE, LOCKLESS",
        "ALLOCATE, VIRTUAL",
        "ALLOCATE, LOCKED",
        "FREE, LOCKLESS",
        "FREE, VIRTUAL",
        "FREE, LOCKED"
    })
    void allLayersStaySound(String call, String path) {
        assertSound(call, path);
    }

    /** Each call has a frame of its own there, even a fence: the stack may end at more places. */
    @ParameterizedTest
    @CsvSource({"ALLOCATE, LOCKLESS", "FREE, LOCKLESS"})
    void inTheInterpreterTheyStaySoundToo(String call, String path) {
        assertSound("-Xint", call, path);
    }

    @ParameterizedTest
    @CsvSource({"lock, hangs at", "twice, handed out twice", "loses, lost", "keeps, out of reach"})
    void aCacheThatDoesNotWithstandAnOverflowIsCaught(String door, String finding) {
        // A variant that hangs uses up its time; the others need more of it on a busy machine.
        String patience = finding.startsWith("hangs") ? "PT5S" : PATIENCE;
        String found = run("-Xmixed", BadOverflows.class, "ALLOCATE", "FAST", patience, door);
        assertTrue(found.contains("AssertionError: " + finding), found);
    }
}
