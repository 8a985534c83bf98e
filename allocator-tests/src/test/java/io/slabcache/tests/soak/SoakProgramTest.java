package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import io.slabcache.tests.support.ResidentMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the soak program for some seconds: it prints its progress, and checks the memory of its process. */
@InAnotherJvm
class SoakProgramTest {
    @TempDir
    private Path folder;

    /** Many short rounds, so that the turnover of memory is much larger than what may stay. */
    private ChildJvm.Result run(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Dslabcache-soak.rounds=45",
                "-Dslabcache-soak.steps=60",
                "-Dslabcache-soak.interval=PT1S",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return ChildJvm.run(folder, command.toArray(String[]::new));
    }

    @Test
    void endsWellAndGivesTheMemoryBack() {
        ChildJvm.Result result = run(Soak.class);
        assertEquals(0, result.exitCode(), result.errors());
        String last = result.output()
                .lines()
                .filter(line -> line.contains(" steps, "))
                .toList()
                .getLast();
        assertTrue(last.contains(" 16,200 steps, "), last);
        assertTrue(last.matches(".* \\d{3} calls cut short, .*"), last);
        assertTrue(last.contains(" 0 live, 0 slabs, 0 KiB reserved, "), last);
        assertTrue(last.endsWith(", seed 20261122"), last);
        assertTrue(result.output().endsWith("passed, seed 20261122" + System.lineSeparator()), result.output());
    }

    @Test
    void memoryThatIsNotGivenBackIsFound() {
        assumeTrue(ResidentMemory.isKnown(), "the operating system does not say what is resident");
        ChildJvm.Result result = run(LeakySoak.class);
        assertEquals(1, result.exitCode(), result.output());
        assertTrue(result.errors().contains(" MiB resident before and "), result.errors());
        assertTrue(result.errors().contains("-Dslabcache-test.seed=20261122"), result.errors());
    }

    @ParameterizedTest
    @CsvSource({"loses, live objects", "twice, handed out while|was overwritten|is not zeroed"})
    void aCacheThatDoesNotWithstandAnOverflowIsFound(String way, String finding) {
        ChildJvm.Result result = run(UnreliableSoak.class, way);
        assertEquals(1, result.exitCode(), result.output());
        assertTrue(Pattern.compile(finding).matcher(result.errors()).find(), result.errors());
        assertTrue(result.errors().contains("-Dslabcache-test.seed=20261122"), result.errors());
    }
}
