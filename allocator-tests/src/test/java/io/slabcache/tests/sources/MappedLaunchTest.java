package io.slabcache.tests.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Mapped memory needs native access. When it is granted, there is no warning; when it is denied, the error names the flag. */
@EnabledOnOs(OS.LINUX)
class MappedLaunchTest {
    /** Until Java 23, granting access to one module denied it to all others. */
    private static final String DENIED =
            Runtime.version().feature() < 24 ? "--enable-native-access=java.base" : "--illegal-native-access=deny";

    @TempDir
    Path folder;

    private ChildJvm.Result onTheClassPath(String option) {
        return ChildJvm.run(folder, option, "-cp", ChildJvm.libraryAndTests(), MappedExample.class.getName());
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
                MappedExample.class.getName());
    }

    private static void assertMapped(ChildJvm.Result result) {
        assertEquals("", result.errors());
        assertEquals("reserved: 65536", result.output().strip());
        assertEquals(0, result.exitCode());
    }

    @Test
    void theFlagMakesItSilentOnTheClassPath() {
        assertMapped(onTheClassPath("--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void theFlagMakesItSilentForTheModule() {
        assertMapped(asAModule("--enable-native-access=io.slabcache"));
    }

    private static void assertDenied(String flag, ChildJvm.Result result) {
        assertEquals("", result.errors());
        assertTrue(result.output().startsWith(IllegalCallerException.class.getName()), result::output);
        assertTrue(result.output().contains(flag + ", or use MemorySource.arena()"), result::output);
        assertEquals(0, result.exitCode());
    }

    @Test
    void deniedOnTheClassPathItNamesTheFlag() {
        assertDenied("--enable-native-access=ALL-UNNAMED", onTheClassPath(DENIED));
    }

    @Test
    void deniedToTheModuleItNamesTheFlag() {
        assertDenied("--enable-native-access=io.slabcache", asAModule(DENIED));
    }
}
