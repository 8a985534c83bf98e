package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pinned virtual threads can wait for growth, as unmounted ones can. The check must catch a lock that is handed over to
 * a thread without a carrier.
 */
@InAnotherJvm
class PinnedGrowthTest {
    private static final List<String> ONE_CARRIER =
            List.of("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1");
    private static final String MILLIS = "30000";
    private static final String MILLIS_UNTIL_HANGING = "3000";

    @TempDir
    Path folder;

    private void assertPrints(String expected, List<String> options, String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PinnedGrowth.class.getName()));
        all.addAll(List.of(arguments));
        ChildJvm.Result result = ChildJvm.run(folder, all.toArray(String[]::new));
        assertEquals("", result.errors());
        assertEquals(expected, result.output().strip());
    }

    @Test
    void pinnedThreadsContinueWithOneCarrier() {
        assertPrints(PinnedGrowth.DONE, ONE_CARRIER, MILLIS);
    }

    @Test
    void pinnedThreadsContinueWithTheDefaultScheduler() {
        assertPrints(PinnedGrowth.DONE, List.of(), MILLIS);
    }

    @Test
    void aLockThatIsHandedOverIsCaught() {
        assertPrints(PinnedGrowth.HANGS, ONE_CARRIER, MILLIS_UNTIL_HANGING, PinnedGrowth.KNOWN_BAD);
    }
}
