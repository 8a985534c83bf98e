package io.slabcache.tests.handles;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.StaleHandleException;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad handles are refused: by a free according to the policy, by a look-up always. They are never dereferenced. */
@ParameterizedClass(name = "lockless {0}, local {1}, {2}")
@CsvSource({
    "true, true, THROW", "true, false, THROW", "false, true, THROW", "false, false, THROW",
    "true, true, WARN_ONCE", "true, false, WARN_ONCE", "false, true, WARN_ONCE", "false, false, WARN_ONCE"
})
class GenerationMisuseTest {
    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    boolean local;

    @Parameter(2)
    MisusePolicy policy;

    private final List<MisuseReport> reports = new ArrayList<>();
    private final Set<Kind> warned = EnumSet.noneOf(Kind.class);
    private LogCapture log;
    private SlabCache cache;
    private SlabCache other;
    private GenerationHandles handles;
    private long good;

    @BeforeEach
    void open() {
        log = new LogCapture();
        cache = SlabCache.builder("victim", Setting.SIZE)
                .lockless(lockless)
                .onMisuse(policy)
                .onReport(reports::add)
                .build();
        other = SlabCache.builder("neighbour", Setting.SIZE).build();
        handles = (local ? cache.local() : cache).generations();
        good = handles.allocate();
    }

    @AfterEach
    void close() {
        log.close();
        assertTrue(handles.isLive(good));
        handles.free(good);
        Healthy.checkNothingLive(cache);
        Healthy.checkNothingLive(other);
        cache.close();
        other.close();
    }

    /** Makes a free and all look-ups of a bad handle; returns how the free was reported. */
    private String refused(Kind expected, long bad) {
        long misuses = cache.stats().misuses();
        long frees = cache.stats().frees();
        int logged = log.records().size();
        if (policy == MisusePolicy.THROW) {
            InvalidFreeException thrown = assertThrows(InvalidFreeException.class, () -> handles.free(bad));
            assertEquals(expected, thrown.kind(), thrown.getMessage());
            assertEquals(thrown.getMessage(), reports.getLast().text());
        } else {
            handles.free(bad);
            logged += warned.add(expected) ? 1 : 0;
        }
        assertEquals(logged, log.records().size());
        assertEquals(misuses + 1, cache.stats().misuses());
        assertEquals(frees, cache.stats().frees(), "something was freed");
        assertFalse(handles.isLive(bad));
        assertThrows(IllegalArgumentException.class, () -> handles.address(bad));
        assertThrows(IllegalArgumentException.class, () -> handles.segment(bad));
        Healthy.check(cache);
        MisuseReport report = reports.getLast();
        assertEquals(expected.name(), report.kind().name(), report.text());
        assertEquals(HandleBits.address(bad), report.address());
        return report.text();
    }

    private void refusedAsStale(long stale, int current) {
        String report = refused(Kind.DOUBLE_FREE, stale);
        StaleHandleException lookup = assertThrows(StaleHandleException.class, () -> handles.address(stale));
        assertEquals(HandleBits.generation(stale), lookup.generation());
        assertEquals(current, lookup.currentGeneration());
        for (String message : new String[] {report, lookup.getMessage()}) {
            assertTrue(message.contains("cache 'victim'"), message);
            assertTrue(message.contains("0x" + Long.toHexString(HandleBits.address(stale))), message);
            assertTrue(message.contains("generation " + HandleBits.generation(stale)), message);
            boolean recycled = current != HandleBits.generation(stale);
            assertTrue(message.contains(recycled ? "its generation is " + current + " now" : "freed twice"), message);
        }
    }

    @Test
    void aHandleThatWasJustFreed() {
        long handle = handles.allocate();
        handles.free(handle);
        refusedAsStale(handle, HandleBits.generation(handle));
    }

    @Test
    void aHandleWhoseObjectHasAnotherOne() {
        long stale = handles.allocate();
        handles.free(stale);
        long current = allocateAt(HandleBits.address(stale));
        refusedAsStale(stale, HandleBits.generation(current));
        assertTrue(handles.isLive(current));
        handles.free(current);
    }

    @Test
    void aHandleWhoseObjectWasHandedOutWithoutOne() {
        long stale = handles.allocate();
        handles.free(stale);
        long address;
        while ((address = cache.allocateAddress()) != HandleBits.address(stale)) {
            cache.freeAddress(address);
        }
        refusedAsStale(stale, HandleBits.generation(stale));
        cache.freeAddress(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"address", "segment", "addresses", "segments", "view"})
    void aHandleWhoseObjectWasFreedOtherwise(String way) {
        long stale = handles.allocate();
        long address = handles.address(stale);
        MemorySegment segment = handles.segment(stale);
        switch (way) {
            case "address" -> cache.freeAddress(address);
            case "segment" -> cache.free(segment);
            case "addresses" -> cache.freeBulk(new long[] {address}, 0, 1);
            case "segments" -> cache.freeBulk(new MemorySegment[] {segment}, 0, 1);
            default -> cache.free(segment.asSlice(0));
        }
        refusedAsStale(stale, HandleBits.generation(stale));
    }

    @Test
    void aHandleWhoseObjectWasOnLeaseSince() {
        long stale = handles.allocate();
        handles.free(stale);
        try (var lease = cache.allocateLeased()) {
            assertEquals(HandleBits.address(stale), lease.segment().address());
            refusedAsStale(stale, HandleBits.generation(stale));
        }
        refusedAsStale(stale, HandleBits.generation(stale));
    }

    @Test
    void aHandleThatAnotherThreadFreed() {
        long handle = handles.allocate();
        OtherThread.run(() -> cache.generations().free(handle));
        refusedAsStale(handle, HandleBits.generation(handle));
    }

    @Test
    void theAddressOfAStaleHandleIsFreeToo() {
        long handle = handles.allocate();
        long address = handles.address(handle);
        handles.free(handle);
        if (policy == MisusePolicy.THROW) {
            assertEquals(
                    Kind.DOUBLE_FREE,
                    assertThrows(InvalidFreeException.class, () -> cache.freeAddress(address))
                            .kind());
        } else {
            cache.freeAddress(address);
        }
        assertEquals(1, cache.stats().misuses());
    }

    @Test
    void aRefusedBulkLeavesTheHandleOfItsGoodEntryLive() {
        long handle = handles.allocate();
        long[] addresses = {handles.address(handle), handles.address(good), 0};
        if (policy == MisusePolicy.THROW) {
            assertThrows(InvalidFreeException.class, () -> cache.freeBulk(addresses, 0, 3));
        } else {
            cache.freeBulk(addresses, 0, 3);
        }
        assertTrue(handles.isLive(handle));
        handles.free(handle);
    }

    @Test
    void aForgedGeneration() {
        int generation = HandleBits.generation(good);
        refused(Kind.DOUBLE_FREE, HandleBits.handle(HandleBits.address(good), generation + 1 & 0x7ffff));
        refused(Kind.DOUBLE_FREE, HandleBits.handle(HandleBits.address(good), generation - 1 & 0x7ffff));
    }

    @Test
    void aHandleOfAnObjectThatNeverHadOne() {
        long plain = cache.allocateAddress();
        StaleHandleException refused =
                assertThrows(StaleHandleException.class, () -> handles.address(HandleBits.handle(plain, 1)));
        assertEquals(1, refused.generation());
        refused(Kind.DOUBLE_FREE, HandleBits.handle(plain, 1));
        cache.freeAddress(plain);
    }

    @Test
    void aHandleThatPointsIntoAnObject() {
        long inside = HandleBits.handle(HandleBits.address(good) + 8, HandleBits.generation(good));
        assertTrue(refused(Kind.INTERIOR, inside).contains("8 bytes into"));
    }

    @Test
    void aHandleOfAnotherCache() {
        GenerationHandles others = other.generations();
        long foreign = others.allocate();
        String report = refused(Kind.WRONG_CACHE, foreign);
        assertTrue(report.contains("'neighbour'"), report);
        IllegalArgumentException lookup = assertThrows(IllegalArgumentException.class, () -> handles.address(foreign));
        assertTrue(withoutIds(lookup.getMessage()).contains("is not a handle of cache 'victim'"), lookup.getMessage());
        others.free(foreign);
    }

    @Test
    void anAddressInPlaceOfAHandle() {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(Setting.SIZE, 64).address();
            refused(Kind.FOREIGN, HandleBits.handle(address, 1));
            refused(Kind.FOREIGN, address);
        }
        refused(Kind.FOREIGN, HandleBits.address(good));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, -1, -8, Long.MIN_VALUE + 1, Long.MAX_VALUE})
    void numbersThatAreNoHandles(long handle) {
        assertTrue(refused(Kind.FOREIGN, handle).contains("0x" + Long.toHexString(handle)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE})
    void handlesOfNothing(long handle) {
        refused(Kind.NULL, handle);
    }

    private long allocateAt(long address) {
        long handle = handles.allocate();
        assertEquals(address, handles.address(handle), "the object freed last is handed out next");
        return handle;
    }
}
