package io.slabcache.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.internal.system.LinuxCalls;
import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.system.Overcommit;
import io.slabcache.internal.system.TransparentHuge;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call to the system is refused once, with each error: nothing stays mapped, and the region is usable or refused. */
class MappedFailureTest {
    private static final long BYTES = 4 << 20;
    private static final long LARGE_ALIGNMENT = 8 << 20;
    /** Much more than a JVM takes by itself between two looks. */
    private static final long LARGE = 256 << 20;

    private static final int MAP_NORESERVE = 0x4000;
    private static final int EPERM = 1;
    private static final int ENOMEM = 12;
    private static final int EINVAL = 22;
    private static final List<Integer> ERRORS = List.of(EPERM, ENOMEM, EINVAL);

    private final List<String> reports = new ArrayList<>();

    @TempDir
    Path settings;

    @BeforeEach
    void theNumbersAreKnown() {
        assumeTrue(LinuxConstants.areKnown());
    }

    static Stream<MappedOptions> options() {
        return Stream.of(Pages.values())
                .flatMap(pages -> Stream.of(true, false)
                        .flatMap(all -> Stream.of(true, false)
                                .map(strict ->
                                        new MappedOptions(pages, all, all, all ? 0 : -1, all, "faulty", strict))));
    }

    private MappedRegions regions(MappedOptions options, FaultyCalls calls) {
        return new MappedRegions(
                options,
                calls,
                new TransparentHuge(settings),
                new Overcommit(settings.resolve("overcommit_memory")),
                new Refusals("faulty", options.strict(), reports::add));
    }

    @ParameterizedTest
    @MethodSource("options")
    void nothingStaysMappedWhicheverCallIsRefused(MappedOptions options) {
        for (int error : ERRORS) {
            int step = 0;
            FaultyCalls calls;
            do {
                calls = new FaultyCalls(LinuxCalls.open());
                calls.refuse(step++, error);
                useOnce(regions(options, calls), calls);
                assertEquals(0, calls.mappedBytes.get(), calls.calls::toString);
            } while (calls.hasRefused());
            assertTrue(step > 4, () -> "fewer calls than a region takes");
        }
    }

    private static void useOnce(MappedRegions regions, FaultyCalls calls) {
        try (MemoryRegion region = regions.allocate(BYTES, LARGE_ALIGNMENT)) {
            assertEquals(0, region.segment().address() % LARGE_ALIGNMENT);
            region.segment().set(ValueLayout.JAVA_BYTE, BYTES - 1, (byte) 1);
        } catch (MemoryRefusedException | OutOfMemoryError e) {
            assertFalse(e.getMessage().contains("munmap"), e::getMessage);
        } catch (IllegalStateException e) {
            // The only step that cannot be made good: the system does not take the addresses back. It takes the memory.
            assertTrue(e.getMessage().startsWith("munmap of "), e::getMessage);
            assertEquals("advise " + LinuxConstants.MADV_DONTNEED, calls.calls.getLast());
            calls.mappedBytes.set(0);
        }
    }

    private static MappedOptions with(Pages pages, boolean preTouch, boolean lock, boolean strict) {
        return new MappedOptions(pages, preTouch, lock, -1, false, "faulty", strict);
    }

    /** Refuses the first call of a kind in each of two regions; returns the calls of the last region. */
    private List<String> refuseTwice(MappedOptions options, String call, int error) {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        MappedRegions regions = regions(options, calls);
        for (int i = 0; i < 2; i++) {
            calls.calls.clear();
            calls.refuse(call, error);
            if (options.strict()) {
                MemoryRefusedException refused =
                        assertThrows(MemoryRefusedException.class, () -> regions.allocate(BYTES, 64));
                assertTrue(refused.getMessage().contains("to allow it: "), refused::getMessage);
            } else {
                regions.allocate(BYTES, 64).close();
            }
            assertEquals(0, calls.mappedBytes.get(), calls.calls::toString);
        }
        assertEquals(options.strict() ? 0 : 1, reports.size(), reports::toString);
        return calls.calls;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOldKernelThatCannotPopulate(boolean strict) {
        refuseTwice(with(Pages.BASE, true, false, strict), "advise 23", EINVAL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memoryThatIsNotThereForThePreTouch(boolean strict) {
        refuseTwice(with(Pages.BASE, true, false, strict), "advise 23", ENOMEM);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKernelWithoutTransparentHugePages(boolean strict) {
        refuseTwice(with(Pages.TRANSPARENT_HUGE, false, false, strict), "advise 14", EINVAL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSystemThatForbidsTransparentHugePages(boolean strict) throws IOException {
        Files.writeString(settings.resolve("enabled"), "always madvise [never]");
        List<String> calls = refuseTwice(with(Pages.TRANSPARENT_HUGE, false, false, strict), "none", 0);
        assertFalse(calls.contains("advise 14"), calls::toString);
    }

    /** With huge pages, a missing one would end the program at the first touch. */
    @ParameterizedTest
    @MethodSource("options")
    void noMappingGoesWithoutAReserve(MappedOptions options) {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        useOnce(regions(options, calls), calls);
        calls.calls.stream()
                .filter(call -> call.startsWith("map "))
                .forEach(call ->
                        assertEquals(0, Integer.parseInt(call.substring("map ".length())) & MAP_NORESERVE, call));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusedLockLeavesNoPartLocked(boolean strict) {
        List<String> calls = refuseTwice(with(Pages.BASE, false, true, strict), "lock", EPERM);
        assertTrue(calls.contains("unlock"), calls::toString);
    }

    @Test
    void aKernelWithoutNamesIsNotReported() {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        calls.refuse("name", EINVAL);
        regions(with(Pages.BASE, false, false, true), calls).allocate(BYTES, 64).close();
        assertEquals(List.of(), reports);
    }

    @Test
    void anOldKernelHasEachPageWrittenTo() throws IOException {
        assertTrue(residentAfter("advise 23", true) >= LARGE);
        // Known bad: memory that nothing has touched.
        assertTrue(residentAfter("none", false) < LARGE);
    }

    private long residentAfter(String refused, boolean preTouch) throws IOException {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        calls.refuse(refused, EINVAL);
        long before = residentBytes();
        try (MemoryRegion region =
                regions(with(Pages.BASE, preTouch, false, false), calls).allocate(LARGE, 64)) {
            assertEquals(0, region.segment().get(ValueLayout.JAVA_BYTE, 0));
            return residentBytes() - before;
        }
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }

    @Test
    void addressesThatTheSystemDoesNotTakeBackAreReported() {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        MemoryRegion region =
                regions(with(Pages.BASE, false, false, false), calls).allocate(BYTES, 64);
        calls.refuse("unmap", ENOMEM);
        IllegalStateException refused = assertThrows(IllegalStateException.class, region::close);
        assertTrue(refused.getMessage().contains("vm.max_map_count"), refused::getMessage);
        assertFalse(region.segment().scope().isAlive());
        assertEquals("advise " + LinuxConstants.MADV_DONTNEED, calls.calls.getLast());
    }
}
