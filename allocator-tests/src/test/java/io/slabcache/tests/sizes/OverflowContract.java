package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.tests.support.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Common part of the tests whose programs overflow the stack in a JVM of their own. */
abstract class OverflowContract {
    @TempDir
    private Path folder;

    /** Returns the lines that a program prints. */
    final List<String> run(Class<?> program, String variant, String option) {
        ChildJvm.Result result = ChildJvm.run(
                folder,
                option,
                // Filling in traces of a thousand frames would take most of the time.
                "-XX:MaxJavaStackTraceDepth=16",
                "-cp",
                ChildJvm.libraryAndTests(),
                program.getName(),
                variant);
        assertEquals(0, result.exitCode(), result.errors());
        return result.output().lines().toList();
    }
}
