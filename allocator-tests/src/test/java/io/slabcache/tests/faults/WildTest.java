package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults that could crash the JVM, in a JVM of their own. The numbers are those of {@link Fault}. */
@InAnotherJvm
class WildTest {
    private static final String FOR_ADDRESSES = """
            address: InvalidFreeException
            segment: InvalidFreeException
            address bulk: InvalidFreeException
            look-up: IllegalArgumentException
            """;
    private static final String AFTER_THE_END = """
            true 1
            address after the end: IllegalStateException
            segment after the end: IllegalStateException
            use after the end: IllegalStateException
            survived
            """;

    @TempDir
    Path folder;

    private ChildJvm.Result run(String letters, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED",
                "-Dslabcache.debug=" + (letters.isEmpty() ? "-" : letters),
                "-cp",
                ChildJvm.libraryAndTests(),
                Wild.class.getName()));
        command.addAll(List.of(arguments));
        return ChildJvm.run(folder, command.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void fault05_08_10_noAddressIsFollowed(Mode mode) {
        ChildJvm.Result result = run(mode.letters());
        assertEquals(FOR_ADDRESSES.repeat(8) + AFTER_THE_END, result.output().replace("\r", ""), result.errors());
        assertEquals(0, result.exitCode());
    }

    @Test
    void aProgramThatFollowsOneIsCaught() {
        ChildJvm.Result result = run("", "follow");
        assertNotEquals(0, result.exitCode());
        assertFalse(result.output().contains("survived"));
        assertTrue(result.output().contains("A fatal error has been detected"), result.output() + result.errors());
    }
}
