package io.slabcache.bench.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process that cannot be watched is explained by who owns it and what it runs. */
class JvmProcessTest {
    @Test
    void theOwnerOfAProcessIsNamed() {
        assertEquals(
                "process 7 belongs to the user 'bob', and this is 'ann'; only its own user can attach to a JVM",
                JvmProcess.refusal(7, "bob", "ann", "/usr/bin/java"));
        assertEquals("process 7 is no JVM: it runs /bin/sh", JvmProcess.refusal(7, "ann", "ann", "/bin/sh"));
        assertEquals("process 7 is no JVM", JvmProcess.refusal(7, "", "ann", ""));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theFirstProcessBelongsToAnotherUser() {
        String user = ProcessHandle.current().info().user().orElse("");
        assumeFalse(user.equals("root")
                || user.equals(ProcessHandle.of(1).orElseThrow().info().user().orElse(user)));
        JvmProblem problem = assertThrows(JvmProblem.class, () -> JvmProcess.require(1));
        assertTrue(problem.getMessage().startsWith("process 1 belongs to the user 'root'"), problem::getMessage);
    }
}
