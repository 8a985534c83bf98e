package io.slabcache.tests.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two and three caches that take each other's memory do not block one another, and each gets its turn. The check must
 * catch a lock that is held while a budget asks other caches.
 */
@InAnotherJvm
class BudgetRingTest {
    @TempDir
    private Path folder;

    private String output(String... arguments) {
        String[] command = new String[3 + arguments.length];
        command[0] = "-cp";
        command[1] = ChildJvm.libraryAndTests();
        command[2] = BudgetRing.class.getName();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        ChildJvm.Result result = ChildJvm.run(folder, Duration.ofMinutes(2), command);
        assertEquals("", result.errors());
        return result.output().strip();
    }

    @Test
    void cachesOfOneBudgetDoNotBlockOneAnother() {
        assertEquals(BudgetRing.DONE, output());
    }

    @Test
    void aLockThatIsHeldMeanwhileIsCaught() {
        assertEquals(BudgetRing.HANGS, output(BudgetRing.KNOWN_BAD));
    }
}
