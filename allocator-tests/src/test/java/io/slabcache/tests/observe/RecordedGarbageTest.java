package io.slabcache.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording that has ended leaves no garbage behind. In the interpreter, because a compiler removes an object that is
 * used in one method only, but not always: it depends on what it has inlined.
 */
@InAnotherJvm
class RecordedGarbageTest {
    @TempDir
    private Path folder;

    @Test
    void slowStepsLeaveNoGarbageAfterARecording() {
        ChildJvm.Result result =
                ChildJvm.run(folder, "-Xint", "-cp", ChildJvm.libraryAndTests(), RecordedGarbage.class.getName());
        assertEquals("", result.errors());
        List<String> lines = result.output().lines().toList();
        assertEquals(0, least(lines.get(0)), "before the recording");
        assertEquals(0, least(lines.get(2)), "after the recording");
        // Known bad: the first rounds load classes.
        assertTrue(most(lines.get(0)) > 0, "the program does not see garbage");
    }

    private static long least(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static long most(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }
}
