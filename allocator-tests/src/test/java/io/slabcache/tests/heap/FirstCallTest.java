package io.slabcache.tests.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Threads that call a cache for the first time while the heap is full leave no lock held. The check must catch a lock
 * that is lost.
 */
@InAnotherJvm
class FirstCallTest {
    @TempDir
    private Path folder;

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx32m",
                "-Xms32m",
                // Makes the remaining heap exact.
                "-XX:+UseSerialGC",
                "-XX:-UseTLAB",
                "-cp",
                ChildJvm.libraryAndTests(),
                FirstCalls.class.getName()));
        command.addAll(List.of(arguments));
        ChildJvm.Result result = ChildJvm.run(folder, command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        return result.output().strip();
    }

    @Test
    void afterwardsEveryEntryPointAnswers() {
        assertEquals(FirstCalls.ANSWERS, run());
    }

    @Test
    void aLockThatIsLostIsCaught() {
        String output = run("known bad");
        assertTrue(output.contains("hangs"), output);
    }
}
