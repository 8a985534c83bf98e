package io.slabcache.tests.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random values of each property. In a JVM of its own, because each mistake is reported once per JVM. */
@InAnotherJvm
class MalformedPropertyTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"DEBUG", "FAULTS", "GUARD", "LEAKS", "MAX_BYTES"})
    void noValuePreventsACacheFromWorking(String subject) {
        ChildJvm.Result result =
                ChildJvm.run(folder, "-cp", ChildJvm.libraryAndTests(), MalformedProperties.class.getName(), subject);
        assertEquals(0, result.exitCode(), result.errors());
        int bad = Integer.parseInt(result.output().replaceFirst("(?s).* values, (\\d+) of them bad\\R", "$1"));
        assertTrue(bad > 40 && bad < 150, result.output());
    }
}
