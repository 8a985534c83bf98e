package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leases need native access. When it is granted, there is no warning; when it is denied, the exception names the flag,
 * and all other calls work.
 */
@InAnotherJvm
class LeaseLaunchTest {
    /** Until Java 23, granting access to one module denied it to all others. */
    private static final String DENIED =
            Runtime.version().feature() < 24 ? "--enable-native-access=java.base" : "--illegal-native-access=deny";

    private static final String LEASED = "leased, live objects: 1";
    private static final String REST = "live objects: 0";

    @TempDir
    Path folder;

    private ChildJvm.Result onTheClassPath(String option) {
        return ChildJvm.run(folder, option, "-cp", ChildJvm.libraryAndTests(), LeaseExample.class.getName());
    }

    /** The tests, which are in no named module, use the library as a module. */
    private ChildJvm.Result asAModule(String option) {
        String tests = ChildJvm.libraryAndTests().substring((ChildJvm.library() + File.pathSeparator).length());
        return ChildJvm.run(
                folder,
                option,
                "-p",
                ChildJvm.library(),
                "--add-modules",
                "io.slabcache",
                "-cp",
                tests,
                LeaseExample.class.getName());
    }

    @Test
    void withTheFlagOnTheClassPathThereIsNoWarning() {
        assertLeased(onTheClassPath("--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void withTheFlagForTheModuleThereIsNoWarning() {
        assertLeased(asAModule("--enable-native-access=io.slabcache"));
    }

    private static void assertLeased(ChildJvm.Result result) {
        assertEquals("", result.errors());
        assertEquals(LEASED + System.lineSeparator() + REST, result.output().strip());
        assertEquals(0, result.exitCode());
    }

    @Test
    void withoutAccessOnTheClassPathTheExceptionNamesTheFlag() {
        assertDenied("--enable-native-access=ALL-UNNAMED", onTheClassPath(DENIED));
    }

    @Test
    void withoutAccessForTheModuleTheExceptionNamesTheFlag() {
        assertDenied("--enable-native-access=io.slabcache", asAModule(DENIED));
    }

    private static void assertDenied(String flag, ChildJvm.Result result) {
        assertEquals("", result.errors());
        assertTrue(result.output().contains(flag), result.output());
        assertTrue(result.output().strip().endsWith(REST), result.output());
        assertEquals(0, result.exitCode());
    }

    @Test
    void withoutAnyFlagTheJdkWarnsAndLeasesWork() {
        ChildJvm.Result result = onTheClassPath("-Xint");
        assertEquals(LEASED + System.lineSeparator() + REST, result.output().strip());
        assertTrue(result.errors().contains("--enable-native-access=ALL-UNNAMED"), result.errors());
    }
}
