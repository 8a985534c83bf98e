package io.slabcache.tests.agrona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without its flag Agrona cannot work. The pool says so, and names the flag, before Agrona breaks. */
@InAnotherJvm
class MissingFlagTest {
    @TempDir
    private Path folder;

    /** Allocates and frees once. */
    static final class Once {
        private Once() {}

        public static void main(String[] arguments) {
            try (SlabCache cache = SlabCache.builder("once", 64).build()) {
                BufferPool pool = BufferPool.of(cache);
                pool.free(pool.allocate());
                System.out.println("worked");
            } catch (IllegalCallerException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String run(String... flags) {
        List<String> command = new ArrayList<>(List.of(flags));
        command.add(Once.class.getName());
        ChildJvm.Result result = ChildJvm.run(folder, command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        return result.output();
    }

    @Test
    void theErrorNamesTheFlagOfTheClassPath() {
        String output = run("-cp", ChildJvm.librariesAndTests());
        assertTrue(output.contains("--add-exports java.base/jdk.internal.misc=ALL-UNNAMED"), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--add-exports", "--add-opens"})
    void theFlagSuffices(String flag) {
        String output = run(flag, "java.base/jdk.internal.misc=ALL-UNNAMED", "-cp", ChildJvm.librariesAndTests());
        assertEquals("worked", output.strip());
    }

    @Test
    void theErrorNamesTheFlagOfTheModulePath() {
        String output = runModular();
        assertTrue(output.contains("--add-exports java.base/jdk.internal.misc=org.agrona"), output);
        assertEquals(
                "worked",
                runModular("--add-exports", "java.base/jdk.internal.misc=org.agrona")
                        .strip());
    }

    /** The test's own class is on the class path, and the modules are known to it as if it required them. */
    private String runModular(String... flags) {
        List<String> command = new ArrayList<>(List.of(flags));
        command.addAll(List.of(
                "--module-path",
                String.join(File.pathSeparator, ChildJvm.libraries()),
                "--add-modules",
                "io.slabcache.agrona",
                "-cp",
                ChildJvm.tests()));
        return run(command.toArray(String[]::new));
    }
}
