package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Virtual threads that hold half of the bound are never refused, although some objects are in transit between
 * magazines.
 */
@InAnotherJvm
class CrowdedBoundTest {
    @TempDir
    Path folder;

    @Test
    void halfOfTheBoundIsNeverRefused() {
        ChildJvm.Result result = ChildJvm.run(
                folder,
                "-Djdk.virtualThreadScheduler.parallelism=64",
                "-Djdk.virtualThreadScheduler.maxPoolSize=64",
                "-cp",
                System.getProperty("java.class.path"),
                CrowdedBound.class.getName());
        assertEquals("", result.errors());
        assertEquals(CrowdedBound.REFUSED + 0, result.output().strip());
    }
}
