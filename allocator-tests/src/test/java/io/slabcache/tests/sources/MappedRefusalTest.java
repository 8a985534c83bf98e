package io.slabcache.tests.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.memory.MappedMemory;
import io.slabcache.memory.MemorySource;
import io.slabcache.memory.Pages;
import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Smaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the system refuses is used without, after one report, or is an exception if the source is strict. Nothing is
 * lost, and the cache works.
 */
@EnabledOnOs(OS.LINUX)
class MappedRefusalTest {
    private static final long SLAB_BYTES = 1L << 30;
    private static final int NO_NODE = 1023;

    @TempDir
    Path folder;

    private static SlabCache cache(MemorySource memory) {
        return SlabCache.builder("mapped", 1 << 20)
                .slabBytes(SLAB_BYTES)
                .memory(memory)
                .build();
    }

    /** Fails unless two regions lead to one report, and both go back. */
    private static void assertDegrades(MappedMemory.Builder builder, String asked, String instead) throws IOException {
        long before = Smaps.virtualBytes();
        try (LogCapture log = new LogCapture();
                SlabCache cache = cache(builder.strict(false).build())) {
            for (int i = 0; i < 2; i++) {
                cache.free(cache.allocate());
                cache.flush();
                cache.shrink();
                assertEquals(0, cache.stats().reservedBytes());
            }
            Healthy.checkNothingLive(cache);
            assertEquals(1, log.records().size(), () -> log.records().toString());
            String report = log.records().getFirst().getMessage();
            assertTrue(report.contains(asked), report);
            assertTrue(report.contains("used instead: " + instead), report);
            assertTrue(report.contains("to allow it: "), report);
        }
        assertNothingLost(before);
    }

    /** Fails unless each call is refused, without any report. */
    private static void assertThrowsIfStrict(MappedMemory.Builder builder, String asked) throws IOException {
        long before = Smaps.virtualBytes();
        try (LogCapture log = new LogCapture();
                SlabCache cache = cache(builder.strict(true).build())) {
            for (int i = 0; i < 2; i++) {
                MemoryRefusedException refused = assertThrows(MemoryRefusedException.class, cache::allocate);
                assertTrue(refused.getMessage().contains(asked), refused::getMessage);
                assertTrue(refused.getMessage().contains("to allow it: "), refused::getMessage);
                assertEquals(0, cache.stats().reservedBytes());
                Healthy.checkNothingLive(cache);
            }
            assertEquals(List.of(), log.records());
        }
        assertNothingLost(before);
    }

    /** A region has 1 GiB of addresses. The JVM itself takes less meanwhile. */
    private static void assertNothingLost(long before) throws IOException {
        long more = Smaps.virtualBytes() - before;
        assertTrue(more < SLAB_BYTES / 2, () -> more + " bytes of addresses are lost");
    }

    @Test
    void aLostRegionWouldShow() throws IOException {
        long before = Smaps.virtualBytes();
        try (SlabCache cache = cache(MappedMemory.builder().build())) {
            cache.free(cache.allocate());
            assertThrows(AssertionError.class, () -> assertNothingLost(before));
        }
        assertNothingLost(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hugePagesThatAreNotThere(boolean guards) throws IOException {
        assumeTrue(HugePages.free() < SLAB_BYTES >> 21, "there are as many huge pages");
        MappedMemory.Builder builder =
                MappedMemory.builder().pages(Pages.HUGE_2M).guardPages(guards);
        String asked = "pages(Pages.HUGE_2M) was refused: mmap with MAP_HUGETLB: ENOMEM (";
        assertDegrades(builder, asked, "Pages.TRANSPARENT_HUGE");
        assertThrowsIfStrict(builder, asked);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNodeThatIsNotThere(boolean guards) throws IOException {
        MappedMemory.Builder builder = MappedMemory.builder().numaNode(NO_NODE).guardPages(guards);
        String asked = "numaNode(…) was refused: mbind to node 1023: E";
        assertDegrades(builder, asked, "memory of any node");
        assertThrowsIfStrict(builder, asked);
    }

    private ChildJvm.Result limited(String mode, List<String> launcher) {
        return ChildJvm.runBy(
                launcher,
                folder,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ChildJvm.libraryAndTests(),
                LimitedMemory.class.getName(),
                mode);
    }

    /** Root may lock any amount, unless it gives up that right. */
    private static List<String> withoutTheRightToLock() {
        return System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set", "-ipc_lock", "--inh-caps", "-ipc_lock")
                : List.of();
    }

    private static void assertFine(ChildJvm.Result result) {
        assertEquals("", result.errors());
        assertEquals("fine", result.output().strip());
        assertEquals(0, result.exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "lock-strict"})
    void aLimitOnLockedMemory(String mode) {
        assumeTrue(LimitedMemory.isLauncherThere(withoutTheRightToLock()));
        assertFine(limited(mode, withoutTheRightToLock()));
    }

    @Test
    void aLimitThatIsMetHalfWay() {
        assertFine(limited("data", List.of()));
    }

    private ChildJvm.Result elsewhere(String property, String... strict) {
        List<String> arguments = new ArrayList<>(
                List.of("-D" + property, "-cp", ChildJvm.libraryAndTests(), MappedExample.class.getName()));
        arguments.addAll(List.of(strict));
        return ChildJvm.run(folder, arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"os.name=Mac OS X", "os.arch=riscv64"})
    void anotherSystemGetsArenas(String property) {
        ChildJvm.Result result = elsewhere(property);
        // What an arena takes for alignment, too.
        assertEquals("reserved: 65584", result.output().strip());
        String value = property.substring(property.indexOf('=') + 1);
        assertEquals(2, result.errors().split(value, -1).length, result::errors);
        assertTrue(result.errors().contains("used instead: MemorySource.arena()"), result::errors);
        assertEquals(0, result.exitCode());
    }

    @Test
    void anotherSystemIsRefusedIfStrict() {
        ChildJvm.Result result = elsewhere("os.name=Mac OS X", "strict");
        assertTrue(result.output().startsWith(MemoryRefusedException.class.getName()), result::output);
        assertTrue(result.output().contains("this is Mac OS X on "), result::output);
        assertEquals("", result.errors());
    }
}
