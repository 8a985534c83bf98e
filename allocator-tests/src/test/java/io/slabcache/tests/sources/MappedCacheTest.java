package io.slabcache.tests.sources;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.memory.MappedMemory;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemoryReservation;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Smaps;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cache on mapped memory is one range of addresses, in which memory comes and goes. */
@EnabledOnOs(OS.LINUX)
class MappedCacheTest {
    private static final int PAGE = 4096;
    private static final int OBJECTS = 16_384;
    private static final long FULL = (long) OBJECTS * PAGE;

    @BeforeEach
    void theSystemShowsMappings() {
        assumeTrue(Smaps.areKnown());
    }

    /** Without colours, so that objects of a page fill whole pages. */
    private static SlabCacheBuilder builder(long size) {
        return SlabCache.builder("mapped", size)
                .colouring(false)
                .memory(MappedMemory.builder().guardPages(true).name("mapped").build());
    }

    /** Resident bytes of the window, which may be several mappings. */
    private static long resident(MemorySegment window) throws IOException {
        return Smaps.all().stream()
                        .filter(area ->
                                area.from() < window.address() + window.byteSize() && area.to() > window.address())
                        .mapToLong(area -> area.kibibytes("Rss"))
                        .sum()
                * 1024;
    }

    private static long[] takeAll(SlabCache cache) {
        long[] objects = new long[OBJECTS];
        assertTrue(cache.allocateBulk(objects, 0, OBJECTS));
        for (long object : objects) {
            cache.window().set(ValueLayout.JAVA_LONG, cache.offset(object), object);
        }
        return objects;
    }

    private static void freeAll(SlabCache cache, long[] objects) {
        cache.freeBulk(objects, 0, objects.length);
        cache.flush();
        cache.shrink();
    }

    private static void assertWithinOnePercent(long expected, long actual) {
        assertTrue(Math.abs(actual - expected) <= expected / 100, () -> "resident " + actual + ", said " + expected);
    }

    @Test
    void memoryIsTakenAtTheFirstTouchAndGoesBack() throws IOException {
        try (SlabCache cache = builder(PAGE).slabBytes(4 << 20).build()) {
            MemorySegment window = cache.window();
            assertEquals(0, resident(window));
            assertEquals(0, cache.stats().reservedBytes());
            long[] objects = new long[OBJECTS];
            assertTrue(cache.allocateBulk(objects, 0, OBJECTS));
            assertEquals(FULL, cache.stats().reservedBytes());
            assertEquals(0, resident(window), "untouched");
            for (long object : objects) {
                window.set(ValueLayout.JAVA_LONG, cache.offset(object), object);
            }
            assertWithinOnePercent(cache.stats().reservedBytes(), resident(window));
            // Half of the slabs become empty.
            cache.freeBulk(objects, 0, OBJECTS / 2);
            cache.flush();
            long bytes = cache.shrink();
            assertTrue(bytes >= FULL / 2 - (8 << 20), () -> "gave back " + bytes);
            assertEquals(FULL - bytes, cache.stats().reservedBytes());
            assertWithinOnePercent(cache.stats().reservedBytes(), resident(window));
            cache.freeBulk(objects, OBJECTS / 2, OBJECTS - OBJECTS / 2);
            cache.flush();
            cache.shrink();
            assertEquals(0, cache.stats().reservedBytes());
            assertEquals(0, resident(window));
            Healthy.checkNothingLive(cache);
        }
    }

    /** Known bad: a source whose reservation keeps the memory. */
    @Test
    void memoryThatStaysIsSeen() throws IOException {
        try (SlabCache cache = SlabCache.builder("keeping", PAGE)
                .memory(new Keeping(MappedMemory.builder().build()))
                .build()) {
            long[] objects = takeAll(cache);
            freeAll(cache, objects);
            assertEquals(0, cache.stats().reservedBytes());
            assertTrue(resident(cache.window()) >= FULL);
            assertNotEquals(0, cache.window().get(ValueLayout.JAVA_LONG, cache.offset(objects[0])));
        }
    }

    @Test
    void staleViewsAndTheWindowReadZerosUntilTheClose() {
        SlabCache cache = builder(PAGE).build();
        long[] objects = takeAll(cache);
        MemorySegment stale = cache.segment(objects[7]);
        MemorySegment window = cache.window();
        assertEquals(objects[7], stale.get(ValueLayout.JAVA_LONG, 0));
        freeAll(cache, objects);
        assertEquals(0, cache.stats().slabs());
        assertEquals(0, stale.get(ValueLayout.JAVA_LONG, 0));
        for (long object : objects) {
            assertEquals(0, window.get(ValueLayout.JAVA_LONG, cache.offset(object)));
        }
        cache.close();
        assertThrows(IllegalStateException.class, () -> stale.get(ValueLayout.JAVA_LONG, 0));
        assertThrows(IllegalStateException.class, () -> window.get(ValueLayout.JAVA_LONG, 0));
    }

    @Test
    void checkedFreesAreRefusedAfterATrim() {
        try (SlabCache cache = builder(PAGE).build()) {
            long[] objects = takeAll(cache);
            MemorySegment stale = cache.segment(objects[7]);
            freeAll(cache, objects);
            assertThrows(InvalidFreeException.class, () -> cache.freeAddress(objects[7]));
            assertThrows(InvalidFreeException.class, () -> cache.free(stale));
            assertThrows(InvalidFreeException.class, () -> cache.freeBulk(objects, 0, 3));
            assertFalse(cache.owns(objects[7]));
            // The same addresses again: free, hence a double free.
            long again = cache.allocateAddress();
            assertEquals(1, cache.stats().slabs());
            long neighbour = cache.addressOf(cache.indexOf(again) + 1);
            InvalidFreeException refused = assertThrows(InvalidFreeException.class, () -> cache.freeAddress(neighbour));
            assertEquals(InvalidFreeException.Kind.DOUBLE_FREE, refused.kind());
            cache.freeAddress(again);
            Healthy.checkNothingLive(cache);
        }
        // Known bad: without checks the free after the trim is taken for one.
        try (SlabCache cache = builder(PAGE).checks(Checks.NONE).build()) {
            long[] objects = takeAll(cache);
            freeAll(cache, objects);
            assertDoesNotThrow(() -> cache.freeAddress(objects[7]));
            cache.closeNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,false", "24,8,false", "100,4,false", "4096,4096,false", "4104,8,false", "64,64,true", "100,4,true"
    })
    void everyObjectHasANumber(long size, long alignment, boolean debugged) {
        SlabCacheBuilder builder = builder(size).alignment(alignment);
        try (SlabCache cache = (debugged ? builder.debug(Debug.REDZONES) : builder).build()) {
            MemorySegment window = cache.window();
            long last = -1;
            for (int i = 0; i < OBJECTS; i++) {
                long address = cache.allocateAddress();
                int index = cache.indexOf(address);
                last = Math.max(last, index);
                assertEquals(address, cache.addressOf(index));
                long offset = cache.offset(address);
                assertTrue(offset >= 0 && offset + size <= window.byteSize());
                assertEquals(address, window.address() + offset);
            }
            long most = debugged || size == 4104 ? 2L * OBJECTS : 2L * OBJECTS - 1;
            long highest = last;
            assertTrue(last >= OBJECTS - 1 && last <= most, () -> "highest " + highest);
            long none = cache.addressOf(0) + 1;
            if (size > 1) {
                assertThrows(IllegalArgumentException.class, () -> cache.indexOf(none));
            }
            assertThrows(IllegalArgumentException.class, () -> cache.indexOf(0));
            assertThrows(IndexOutOfBoundsException.class, () -> cache.addressOf(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> cache.addressOf(Integer.MAX_VALUE));
            cache.closeNow();
        }
    }

    @Test
    void aBoundedCacheReservesExactlyItsBound() throws IOException {
        try (SlabCache cache = builder(PAGE).maxObjects(OBJECTS).build()) {
            assertEquals(FULL, cache.window().byteSize());
            long from = cache.window().address();
            Smaps.Area area = Smaps.at(from).orElseThrow();
            assertEquals(FULL / 1024, area.kibibytes("Size"));
            assertFalse(Smaps.at(from - 1).orElseThrow().isAccessible());
            assertFalse(Smaps.at(from + FULL).orElseThrow().isAccessible());
            assertEquals(VmaNames.areKept() ? "[anon:mapped]" : "", area.name());
            freeAll(cache, takeAll(cache));
            assertFalse(Smaps.at(from - 1).orElseThrow().isAccessible());
            assertFalse(Smaps.at(from + FULL).orElseThrow().isAccessible());
        }
    }

    @Test
    void aCloseLeavesNoMapping() throws IOException {
        for (int i = 0; i < 3; i++) {
            use(builder(PAGE));
        }
        long before = mappings();
        for (int i = 0; i < 50; i++) {
            use(builder(PAGE));
        }
        long after = mappings();
        assertTrue(after < before + 50, () -> before + " mappings, then " + after);
        // Known bad: caches that stay open.
        SlabCache[] open = new SlabCache[50];
        for (int i = 0; i < open.length; i++) {
            open[i] = builder(PAGE).build();
        }
        assertTrue(mappings() >= after + 50);
        for (SlabCache cache : open) {
            cache.close();
        }
    }

    private static void use(SlabCacheBuilder builder) {
        try (SlabCache cache = builder.build()) {
            cache.freeAddress(cache.allocateAddress());
        }
    }

    private static long mappings() throws IOException {
        return Smaps.all().size();
    }

    @Test
    void aNativeCallHoldsTheReservationUntilALaterClose() {
        SlabCache cache = builder(PAGE).build();
        MemorySegment object = cache.allocate();
        NativeCall.during(object.asSlice(0, 16), () -> {
            cache.free(object);
            IllegalStateException refused = assertThrows(IllegalStateException.class, cache::close);
            assertTrue(refused.getMessage().contains("close again"), refused::getMessage);
        });
        assertTrue(object.scope().isAlive());
        cache.close();
        assertFalse(object.scope().isAlive());
    }

    @Test
    void aLeaseHoldsTheReservationUntilALaterClose() {
        SlabCache cache = builder(PAGE).build();
        Lease lease = cache.allocateLeased();
        MemorySegment window = cache.window();
        assertThrows(IllegalStateException.class, cache::closeNow);
        lease.segment().set(ValueLayout.JAVA_LONG, 0, 42);
        assertTrue(window.scope().isAlive());
        assertThrows(IllegalStateException.class, lease::close, "the cache is closed");
        cache.close();
        assertFalse(window.scope().isAlive());
    }

    @Test
    void aBudgetCountsWhatSlabsHaveAndNotTheAddresses() {
        MemoryBudget budget = MemoryBudget.ofBytes(FULL);
        MemorySource memory = budget.limit(MappedMemory.builder().build());
        try (SlabCache cache = SlabCache.builder("limited", PAGE)
                .colouring(false)
                .slabBytes(4 << 20)
                .memory(memory)
                .build()) {
            assertEquals(0, budget.usedBytes());
            long[] objects = takeAll(cache);
            assertEquals(FULL, budget.usedBytes());
            assertEquals(0, cache.tryAllocateAddress(), "the budget is spent");
            freeAll(cache, objects);
            assertEquals(0, budget.usedBytes());
            cache.freeAddress(cache.allocateAddress());
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void sourcesThatOnlyHaveRegionsGoOnWorking() {
        MemorySource mapped = MappedMemory.builder().build();
        // Hides the reservations, as a source of a user that wraps another one does.
        MemorySource old = mapped::allocate;
        try (SlabCache cache = SlabCache.builder("old", PAGE).memory(old).build()) {
            MemorySegment object = cache.allocate();
            object.set(ValueLayout.JAVA_LONG, 0, 1);
            cache.free(object);
            cache.flush();
            assertTrue(cache.shrink() > 0);
            assertThrows(IllegalStateException.class, () -> object.get(ValueLayout.JAVA_LONG, 0));
            assertThrows(UnsupportedOperationException.class, cache::window);
        }
    }

    private record Keeping(MemorySource source) implements MemorySource {
        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            return source.allocate(bytes, alignment);
        }

        @Override
        public Optional<MemoryReservation> reserve(long bytes, long alignment) {
            return source.reserve(bytes, alignment).map(Kept::new);
        }
    }

    private record Kept(MemoryReservation inner) implements MemoryReservation {
        @Override
        public MemorySegment segment() {
            return inner.segment();
        }

        @Override
        public long pageBytes() {
            return inner.pageBytes();
        }

        @Override
        public void commit(long offset, long bytes) {
            inner.commit(offset, bytes);
        }

        @Override
        public void release(long offset, long bytes) {}

        @Override
        public void close() {
            inner.close();
        }
    }
}
