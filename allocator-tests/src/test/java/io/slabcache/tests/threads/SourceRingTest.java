package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory sources that shrink and flush each other's caches, in rings of two and three, do not block any thread. The
 * check must catch a lock that is held while the source runs.
 */
@InAnotherJvm
class SourceRingTest {
    @TempDir
    Path folder;

    private void assertPrints(String expected, String... arguments) {
        String[] command = new String[3 + arguments.length];
        command[0] = "-cp";
        command[1] = System.getProperty("java.class.path");
        command[2] = SourceRing.class.getName();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        ChildJvm.Result result = ChildJvm.run(folder, command);
        assertEquals("", result.errors());
        assertEquals(expected, result.output().strip());
    }

    @Test
    void cachesThatShareALimitGrow() {
        assertPrints(SourceRing.DONE);
    }

    @Test
    void aLockThatIsHeldWhileTheSourceRunsIsCaught() {
        assertPrints(SourceRing.HANGS, SourceRing.KNOWN_BAD);
    }
}
