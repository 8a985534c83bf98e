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
import java.lang.foreign.MemorySegment;
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

/** Each call to the system is refused once, with each error: no address and no memory is lost, and the rest works. */
class MappedReservationTest {
    private static final long BYTES = 64 << 20;
    private static final long RANGE = 4 << 20;
    private static final long PAGE = 4096;
    private static final List<Integer> ERRORS = List.of(1, 12, 22);
    private static final int EINVAL = 22;

    private final List<String> reports = new ArrayList<>();

    @TempDir
    Path settings;

    @BeforeEach
    void theNumbersAreKnown() {
        assumeTrue(LinuxConstants.areKnown());
    }

    static Stream<MappedOptions> options() {
        return MappedFailureTest.options();
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
    void nothingIsLostWhicheverCallIsRefused(MappedOptions options) {
        for (int error : ERRORS) {
            int step = 0;
            FaultyCalls calls;
            do {
                calls = new FaultyCalls(LinuxCalls.open());
                calls.refuse(step++, error);
                useOnce(regions(options, calls), calls);
                assertEquals(0, calls.mappedBytes.get(), calls.calls::toString);
            } while (calls.hasRefused());
            assertTrue(step > 4, () -> "fewer calls than a range takes");
        }
    }

    private static void useOnce(MappedRegions regions, FaultyCalls calls) {
        try {
            regions.reserve(BYTES, 64).ifPresent(reservation -> {
                try {
                    use(reservation);
                } finally {
                    reservation.close();
                }
            });
        } catch (OutOfMemoryError e) {
            assertTrue(e.getMessage().contains("the heap is full"), e::getMessage);
        } catch (IllegalStateException e) {
            // As for a region: the system does not take the addresses back. It takes the memory.
            assertTrue(e.getMessage().startsWith("munmap of "), e::getMessage);
            assertEquals("advise " + LinuxConstants.MADV_DONTNEED, calls.calls.getLast());
            calls.mappedBytes.set(0);
        }
    }

    private static void use(MemoryReservation reservation) {
        MemorySegment all = reservation.segment();
        all.set(ValueLayout.JAVA_BYTE, all.byteSize() - 1, (byte) 0);
        try {
            reservation.commit(RANGE, RANGE);
        } catch (MemoryRefusedException e) {
            assertEquals(0, all.get(ValueLayout.JAVA_BYTE, RANGE), "accessible nevertheless");
            return;
        } catch (OutOfMemoryError e) {
            assertTrue(e.getMessage().contains("no range of"), e::getMessage);
            return;
        }
        all.asSlice(RANGE, RANGE).fill((byte) 1);
        try {
            reservation.release(RANGE, RANGE);
        } catch (IllegalStateException e) {
            assertTrue(e.getMessage().contains("could not be given back"), e::getMessage);
            reservation.release(RANGE, RANGE);
        }
        assertEquals(0, all.get(ValueLayout.JAVA_LONG, RANGE));
        assertEquals(0, all.get(ValueLayout.JAVA_BYTE, 2 * RANGE - 1));
    }

    private static MappedOptions with(Pages pages, boolean lock) {
        return new MappedOptions(pages, false, lock, -1, true, "faulty", false);
    }

    @Test
    void onlyPagesOfThePoolAreSetAsideAtOnce() {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        useOnce(regions(with(Pages.HUGE_2M, false), calls), calls);
        for (String call : calls.calls) {
            if (call.startsWith("map ")) {
                int flags = Integer.parseInt(call.substring("map ".length()));
                boolean isHuge = (flags & LinuxConstants.MAP_HUGE_2M) != 0;
                // A huge page that is missing at the first touch would end the program.
                assertEquals(!isHuge, (flags & LinuxConstants.MAP_NORESERVE) != 0, call);
            }
        }
    }

    @Test
    void lockedMemoryIsUnlockedBeforeItGoesBack() {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        try (MemoryReservation reservation =
                regions(with(Pages.BASE, true), calls).reserve(BYTES, 64).orElseThrow()) {
            reservation.commit(0, PAGE);
            calls.calls.clear();
            reservation.release(0, PAGE);
        }
        assertEquals(List.of("unlock", "advise " + LinuxConstants.MADV_DONTNEED), calls.calls.subList(0, 2));
    }

    @Test
    void aRefusedReleaseKeepsTheMemoryAndIsReported() {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        try (MemoryReservation reservation =
                regions(with(Pages.BASE, false), calls).reserve(BYTES, 64).orElseThrow()) {
            reservation.commit(0, PAGE);
            reservation.segment().set(ValueLayout.JAVA_LONG, 0, 7);
            calls.refuse("advise " + LinuxConstants.MADV_DONTNEED, EINVAL);
            assertThrows(IllegalStateException.class, () -> reservation.release(0, PAGE));
            assertEquals(7, reservation.segment().get(ValueLayout.JAVA_LONG, 0));
            reservation.release(0, PAGE);
            assertEquals(0, reservation.segment().get(ValueLayout.JAVA_LONG, 0));
        }
    }

    @Test
    void aSystemThatCountsAddressesGivesNone() throws IOException {
        Files.writeString(settings.resolve("overcommit_memory"), "2\n");
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        assertFalse(regions(with(Pages.BASE, false), calls).reserve(BYTES, 64).isPresent());
        assertEquals(List.of(), calls.calls);
        Files.writeString(settings.resolve("overcommit_memory"), "0\n");
        regions(with(Pages.BASE, false), calls).reserve(BYTES, 64).orElseThrow().close();
    }

    @Test
    void moreAddressesThanThereAreAreRefused() {
        FaultyCalls calls = new FaultyCalls(LinuxCalls.open());
        assertFalse(
                regions(with(Pages.BASE, false), calls).reserve(1L << 50, 64).isPresent());
        assertEquals(0, calls.mappedBytes.get());
    }
}
