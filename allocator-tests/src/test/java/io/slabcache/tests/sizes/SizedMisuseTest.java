package io.slabcache.tests.sizes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.LogCapture;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of invalid free is refused and reported, and changes nothing. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = io.slabcache.tests.sizes.Kind.class,
        names = {"CHECKED", "GUARDED", "DEBUGGED"})
class SizedMisuseTest {
    private static final long SMALL = 100;
    private static final long LARGE = 100_000;

    @Parameter
    io.slabcache.tests.sizes.Kind allocatorKind;

    private final List<MisuseReport> reports = new CopyOnWriteArrayList<>();
    private SlabAllocator allocator;
    private MemorySegment small;
    private MemorySegment large;

    @BeforeEach
    void open() {
        allocator = allocatorKind.builder("victim").onReport(reports::add).build();
        small = allocator.allocate(SMALL);
        large = allocator.allocate(LARGE);
    }

    /** Whatever was refused: both objects are live, and can be freed. */
    @AfterEach
    void bothAreLive() {
        if (allocator.owns(small.address())) {
            assertEquals(2, allocator.stats().liveObjects());
            allocator.free(small);
            allocator.freeAddress(large.address());
        }
        allocator.close();
    }

    private String refused(Kind kind, Executable call) {
        int before = reports.size();
        InvalidFreeException refused = assertThrows(InvalidFreeException.class, call);
        assertEquals(kind, refused.kind(), refused::getMessage);
        assertEquals(before + 1, reports.size());
        assertEquals(kind.name(), reports.getLast().kind().name());
        String message = refused.getMessage();
        assertTrue(message.contains("expected") || kind == Kind.DOUBLE_FREE || kind == Kind.WRONG_CACHE, message);
        return message;
    }

    @Test
    void nothing() {
        refused(Kind.NULL, () -> allocator.free(null));
        refused(Kind.NULL, () -> allocator.freeAddress(0));
    }

    @Test
    void anObjectThatIsFree() {
        MemorySegment object = allocator.allocate(SMALL);
        allocator.free(object);
        refused(Kind.DOUBLE_FREE, () -> allocator.free(object));
        refused(Kind.DOUBLE_FREE, () -> allocator.freeAddress(object.address()));
        long address = allocator.allocateAddress(4_000);
        allocator.freeAddress(address);
        refused(Kind.DOUBLE_FREE, () -> allocator.freeAddress(address));
    }

    @Test
    void aLargeObjectThatIsFree() {
        MemorySegment object = allocator.allocate(LARGE);
        allocator.free(object);
        String message = refused(Kind.FOREIGN, () -> allocator.free(object));
        assertTrue(message.contains("freed before"), message);
    }

    @Test
    void aSlice() {
        refused(Kind.WRONG_SIZE, () -> allocator.free(small.asSlice(0, 10)));
        refused(Kind.WRONG_SIZE, () -> allocator.free(small.asSlice(0, 0)));
        refused(Kind.INTERIOR, () -> allocator.free(small.asSlice(8)));
        refused(Kind.WRONG_SIZE, () -> allocator.free(large.asSlice(0, 10)));
        refused(Kind.INTERIOR, () -> allocator.free(large.asSlice(8)));
        refused(Kind.INTERIOR, () -> allocator.freeAddress(large.address() + LARGE - 1));
        refused(Kind.INTERIOR, () -> allocator.freeAddress(small.address() + 1));
    }

    @Test
    void aSliceOfAnObjectOfTheSizeOfItsClass() {
        MemorySegment page = allocator.allocate(4_096);
        refused(Kind.WRONG_SIZE, () -> allocator.free(page.asSlice(0, 3_584)));
        allocator.free(page);
    }

    @Test
    void aReadOnlyView() {
        refused(Kind.FOREIGN, () -> allocator.free(small.asReadOnly()));
        refused(Kind.FOREIGN, () -> allocator.free(large.asReadOnly()));
    }

    @Test
    void memoryFromElsewhere() {
        refused(Kind.FOREIGN, () -> allocator.free(MemorySegment.ofArray(new byte[100])));
        refused(Kind.FOREIGN, () -> allocator.freeAddress(0x123450));
        refused(Kind.FOREIGN, () -> allocator.freeAddress(-1));
        refused(Kind.FOREIGN, () -> allocator.freeAddress(Long.MIN_VALUE));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment foreign = arena.allocate(SMALL);
            refused(Kind.FOREIGN, () -> allocator.free(foreign));
        }
    }

    @Test
    void anObjectOfAnotherAllocator() {
        try (SlabAllocator other = SlabAllocator.builder("neighbour").build();
                SlabCache cache = SlabCache.builder("cache", 64).build()) {
            MemorySegment object = other.allocate(SMALL);
            assertTrue(refused(Kind.WRONG_CACHE, () -> allocator.free(object)).contains("'neighbour/112'"));
            MemorySegment big = other.allocate(LARGE);
            assertTrue(refused(Kind.WRONG_CACHE, () -> allocator.free(big)).contains("'neighbour/large'"));
            MemorySegment fixed = cache.allocate();
            assertTrue(refused(Kind.WRONG_CACHE, () -> allocator.free(fixed)).contains("'cache'"));
            InvalidFreeException refused = assertThrows(InvalidFreeException.class, () -> cache.free(small));
            assertEquals(Kind.WRONG_CACHE, refused.kind());
            other.free(object);
            other.free(big);
            cache.free(fixed);
        }
    }

    @Test
    void entriesOfABulkFree() {
        long[] bad = {small.address(), large.address(), small.address()};
        assertTrue(
                refused(Kind.DOUBLE_FREE, () -> allocator.freeBulk(bad, 0, 3)).contains("entry 2"));
        bad[2] = large.address() + 1;
        assertTrue(refused(Kind.INTERIOR, () -> allocator.freeBulk(bad, 0, 3)).contains("entry 2"));
        bad[0] = 0;
        assertTrue(refused(Kind.NULL, () -> allocator.freeBulk(bad, 0, 3)).contains("entry 0"));
        long[] twice = {small.address(), small.address()};
        refused(Kind.DOUBLE_FREE, () -> allocator.freeBulk(twice, 0, 2));
    }

    @Test
    void whatIsToChangeItsSize() {
        MemorySegment free = allocator.allocate(SMALL);
        allocator.free(free);
        assertThrows(InvalidFreeException.class, () -> allocator.reallocate(free, 10));
        assertThrows(InvalidFreeException.class, () -> allocator.reallocate(small.asSlice(8), 10));
        assertThrows(InvalidFreeException.class, () -> allocator.reallocate(null, 10));
        InvalidFreeException heap = assertThrows(
                InvalidFreeException.class, () -> allocator.reallocate(MemorySegment.ofArray(new byte[7]), 10));
        assertEquals(Kind.FOREIGN, heap.kind());
        assertTrue(heap.getMessage().contains("a heap segment of 7 bytes"), heap::getMessage);
        assertThrows(InvalidFreeException.class, () -> allocator.reallocateAddress(0, 10));
        assertThrows(InvalidFreeException.class, () -> allocator.reallocateAddress(free.address(), 10));
        assertThrows(IllegalArgumentException.class, () -> allocator.reallocate(small, -1));
        assertThrows(OutOfMemoryError.class, () -> allocator.reallocate(small, Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> allocator.sizeOf(small.address() + 8));
        assertThrows(IllegalArgumentException.class, () -> allocator.sizeOf(0));
        assertThrows(IllegalArgumentException.class, () -> allocator.segment(small.address(), 1_000));
        assertThrows(IllegalArgumentException.class, () -> allocator.segment(small.address(), -1));
    }

    @Test
    void aCloseWithLiveObjects() {
        LiveObjectsException refused = assertThrows(LiveObjectsException.class, allocator::close);
        assertEquals(2, refused.liveObjects());
        assertTrue(refused.getMessage().contains("1 of 112 bytes"), refused::getMessage);
        assertEquals(2, refused.sampleAddresses().length);
        allocator.free(allocator.allocate(SMALL));
        allocator.free(allocator.allocate(LARGE));
    }

    @Test
    void everythingAfterTheClose() {
        allocator.closeNow();
        for (Executable call : List.<Executable>of(
                () -> allocator.allocate(SMALL),
                () -> allocator.allocate(LARGE),
                () -> allocator.allocateAddress(SMALL),
                () -> allocator.free(small),
                () -> allocator.free(large),
                () -> allocator.freeAddress(small.address()),
                () -> allocator.freeBulk(new long[] {small.address()}, 0, 1),
                () -> allocator.freeBulk(new long[0], 0, 0),
                () -> allocator.allocateBulk(SMALL, new long[0], 0, 0),
                () -> allocator.allocateBulk(LARGE, new long[0], 0, 0),
                () -> allocator.segment(small.address(), 1),
                () -> allocator.reallocateAddress(large.address(), 10),
                allocator::arena,
                allocator::sharedArena,
                () -> allocator.reallocate(small, 10),
                () -> allocator.sizeOf(small.address()),
                () -> allocator.shrink(),
                () -> small.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0),
                () -> large.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0))) {
            assertNotNull(assertThrows(IllegalStateException.class, call).getMessage());
        }
        allocator.close();
        allocator.closeNow();
        assertEquals(0, allocator.stats().reservedBytes());
    }

    @Test
    void thePolicyMayBeToWarn() {
        try (LogCapture log = new LogCapture();
                SlabAllocator patient = SlabAllocator.builder("patient")
                        .onMisuse(MisusePolicy.WARN_ONCE)
                        .build()) {
            patient.freeAddress(8);
            patient.free(null);
            MemorySegment object = patient.allocate(SMALL);
            patient.free(object.asSlice(0, 5));
            patient.free(object.asSlice(8));
            patient.free(object);
            patient.free(object);
            assertEquals(5, patient.stats().misuses());
            assertTrue(log.records().size() >= 3, log.records()::toString);
        }
    }

    /** Known bad: without checks a second free is not noticed, and the object has two owners. */
    @Test
    void withoutChecksAnObjectGetsTwoOwners() {
        SlabAllocator trusting =
                SlabAllocator.builder("trusting").checks(Checks.NONE).build();
        long address = trusting.allocateAddress(SMALL);
        trusting.freeAddress(address);
        trusting.freeAddress(address);
        assertEquals(trusting.allocateAddress(SMALL), trusting.allocateAddress(SMALL));
        trusting.closeNow();
    }
}
