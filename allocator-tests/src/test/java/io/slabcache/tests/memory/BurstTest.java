package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import io.slabcache.tests.support.ResidentMemory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a burst the operating system gets its memory back. {@code -Dslabcache-test.burst.mebibytes=1024} for a large one. */
@InAnotherJvm
class BurstTest {
    private static final int BURST = Integer.getInteger("slabcache-test.burst.mebibytes", 256);

    @Test
    void shrinkAfterABurstMakesTheProcessSmallAgain(@TempDir Path folder) {
        assumeTrue(ResidentMemory.isKnown(), "the operating system does not say what is resident");
        ChildJvm.Result result = ChildJvm.run(
                folder,
                // Far too little for arenas if their memory counted, which it does not.
                "-XX:MaxDirectMemorySize=16m",
                "-cp",
                ChildJvm.libraryAndTests(),
                Burst.class.getName(),
                "" + BURST);
        assertEquals(0, result.exitCode(), result.errors());
        List<String> bursts = result.output().lines().toList();
        assertEquals(2, bursts.size(), result.output());
        for (String burst : bursts) {
            long[] resident =
                    Arrays.stream(burst.split(" ")).mapToLong(Long::parseLong).toArray();
            long grown = resident[1] - resident[0];
            long kept = resident[2] - resident[0];
            assertTrue(grown >= BURST * 9 / 10, () -> "no burst in " + result.output());
            assertTrue(kept <= BURST / 5, () -> "MiB before, at the peak and after:\n" + result.output());
        }
    }
}
