package io.slabcache.tests.budget;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The property that limits all caches of a process, and the memory of a machine that the JVM does not tell. */
class MaxBytesTest {
    @TempDir
    private Path folder;

    private ChildJvm.Result run(String program, String... options) {
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("-cp", ChildJvm.libraryAndTests(), LeakingProgram.class.getName(), program));
        ChildJvm.Result result = ChildJvm.run(folder, command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        return result;
    }

    @Test
    void aLeakEndsInAnErrorThatNamesTheLargestCaches() {
        ChildJvm.Result result = run("leak", "-Dslabcache.maxBytes=64m");
        assertEquals("", result.errors());
        List<String> lines = result.output().lines().toList();
        long leaked = Long.parseLong(lines.get(0).replace("leaked ", ""));
        long limit = 64 << 20;
        assertTrue(leaked > limit / 4 && leaked < limit, lines.get(0));
        assertSays(
                lines.get(1),
                "cache 'leaky' (#2) cannot grow: memory budget is spent: asked for ",
                " of at most 67108864 are used",
                "the largest caches in bytes: cache 'leaky' (#2) ",
                ", cache 'small' (#1) ",
                "-Dslabcache.maxBytes");
        assertEquals("null 67108864 0", lines.get(2));
    }

    @Test
    void aJvmWithoutTheBeanSaysSo() {
        assertSays(
                run("machine", "--limit-modules", "java.base,java.logging").output(),
                "this JVM does not tell the memory of the machine; expected one with the module jdk.management, or use"
                        + " MemoryBudget.ofBytes",
                "MemoryBudget[0 of 1048576 bytes used]");
        assertSays(run("machine").output(), "true");
    }
}
