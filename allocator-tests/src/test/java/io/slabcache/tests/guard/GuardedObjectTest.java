package io.slabcache.tests.guard;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.tests.debug.Entry;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each misuse of a guarded object is found, and each legal use works as for other objects. */
class GuardedObjectTest extends GuardContract {
    static List<Entry> entries() {
        return Entry.all()
                .filter(entry -> entry.form() != Entry.Form.CACHED_ADDRESS)
                .toList();
    }

    private MisuseReport found(Kind kind, long object, long offset, CorruptedObjectException thrown) {
        assertEquals(1, reports.size());
        MisuseReport report = reports.getFirst();
        assertEquals(kind, report.kind());
        assertEquals("guarded", report.cache());
        assertEquals(object, report.object());
        assertEquals(offset, report.offset());
        assertEquals(report.text(), thrown.getMessage());
        assertEquals(kind.name(), thrown.kind().name());
        assertEquals(object, thrown.object());
        assertEquals(offset, thrown.offset());
        assertSays(
                report.text(),
                "cache 'guarded': ",
                "byte at offset " + offset + " of the object at 0x" + Long.toHexString(object),
                "\nallocated at ",
                "\n    at " + Entry.class.getName());
        Healthy.check(cache);
        return report;
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aByteBehindTheEndIsFoundAtTheFree(Entry entry) {
        open();
        long object = entry.allocate(cache);
        memory.spoil(object + SIZE);
        CorruptedObjectException thrown = assertThrows(CorruptedObjectException.class, () -> entry.free(cache, object));
        found(Kind.REDZONE, object, SIZE, thrown);
        assertEquals(1, cache.stats().frees());
        entry.free(cache, entry.allocate(cache));
    }

    @ParameterizedTest
    @ValueSource(longs = {-64, -1, SIZE, SIZE + 63})
    void theRedzonesAreWide(long offset) {
        open();
        Entry entry = new Entry(Entry.Form.SEGMENT, false, false);
        long object = entry.allocate(cache);
        memory.spoil(object + offset);
        CorruptedObjectException thrown = assertThrows(CorruptedObjectException.class, () -> entry.free(cache, object));
        found(Kind.REDZONE, object, offset, thrown);
    }

    @Test
    void anObjectThatIsNotGuardedHidesTheWrite() {
        cache = builder().build();
        long object = cache.allocateAddress();
        memory.spoil(object + SIZE);
        cache.freeAddress(object);
        assertEquals(List.of(), reports);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aWriteAfterFreeIsFoundWhenTheObjectIsUsedAgain(Entry entry) {
        open();
        long object = entry.allocate(cache);
        entry.free(cache, object);
        memory.spoil(object + 7);
        assertSays(cache.validate().findings().getFirst(), "written after free", "offset 7 of");
        CorruptedObjectException thrown = null;
        int allocations = 0;
        while (thrown == null) {
            try {
                entry.free(cache, entry.allocate(cache));
                allocations++;
            } catch (CorruptedObjectException e) {
                thrown = e;
            }
        }
        assertEquals(SLOTS - 1, allocations);
        MisuseReport report = found(Kind.USE_AFTER_FREE, object, 7, thrown);
        assertSays(report.text(), "\nfreed at ");
        entry.free(cache, entry.allocate(cache));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aDoubleFreeIsFoundLongAfterTheFirstFree(Entry entry) {
        open();
        long object = entry.allocate(cache);
        entry.free(cache, object);
        for (int i = 0; i < SLOTS - 1; i++) {
            entry.free(cache, entry.allocate(cache));
        }
        InvalidFreeException thrown = assertThrows(InvalidFreeException.class, () -> entry.free(cache, object));
        assertEquals(InvalidFreeException.Kind.DOUBLE_FREE, thrown.kind());
        assertSays(thrown.getMessage(), "\nallocated at ", "\nfreed at ");
    }

    @Test
    void otherMisusesAreNamed() {
        open();
        MemorySegment object = cache.allocate();
        long address = object.address();
        assertKind(InvalidFreeException.Kind.INTERIOR, () -> cache.freeAddress(address + 8));
        assertKind(InvalidFreeException.Kind.WRONG_SIZE, () -> cache.free(object.asSlice(0, 8)));
        assertKind(InvalidFreeException.Kind.INTERIOR, () -> cache.free(object.asSlice(8)));
        assertKind(InvalidFreeException.Kind.FOREIGN, () -> cache.free(object.asReadOnly()));
        try (SlabCache other = SlabCache.builder("other", SIZE).build()) {
            InvalidFreeException thrown = assertThrows(InvalidFreeException.class, () -> other.freeAddress(address));
            assertEquals(InvalidFreeException.Kind.WRONG_CACHE, thrown.kind());
            assertSays(thrown.getMessage(), "it belongs to cache 'guarded'");
        }
        assertEquals(1, cache.stats().liveObjects());
        cache.free(object.asSlice(0));
    }

    private static void assertKind(InvalidFreeException.Kind kind, Runnable free) {
        assertEquals(kind, assertThrows(InvalidFreeException.class, free::run).kind());
    }

    @Test
    void aCacheThatOnlyWarnsContinues() {
        cache = builder().guardedSampling(1).onMisuse(MisusePolicy.WARN_ONCE).build();
        for (int i = 0; i < 3; i++) {
            long object = cache.allocateAddress();
            memory.spoil(object - 1);
            cache.freeAddress(object);
        }
        assertEquals(3, reports.size());
        assertEquals(1, log.records().size());
        assertSays(log.records().getFirst().getMessage(), "repaired; further ones", "before the start");
    }

    @Test
    void aGuardedObjectBehavesLikeAnyOther() {
        open();
        MemorySegment object = cache.allocate();
        long address = object.address();
        assertEquals(SIZE, object.byteSize());
        assertTrue(cache.owns(address));
        assertFalse(cache.owns(address + 8));
        assertSame(object, cache.segment(address));
        assertThrows(IllegalArgumentException.class, () -> cache.segment(address + 8));
        object.set(ValueLayout.JAVA_LONG, SIZE - 8, 42);
        assertEquals(1, cache.stats().liveObjects());
        assertEquals(SLOTS, cache.stats().totalObjects());
        cache.free(object);
        assertEquals(0, cache.stats().liveObjects());
        assertEquals(1, cache.stats().cachedObjects());
        assertEquals(1, cache.stats().frees());
        assertEquals(0, cache.allocateZeroed().mismatch(MemorySegment.ofArray(new byte[(int) SIZE])) + 1);
        assertTrue(cache.owns(address));
        assertEquals(SLOTS, cache.stats().totalObjects());
        cache.freeAddress(cache.stats().liveObjects() == 1 ? live() : 0);
        assertTrue(cache.shrink() > SLOTS * SIZE);
        assertFalse(cache.owns(address));
        assertEquals(0, cache.stats().totalObjects());
    }

    private long live() {
        return assertThrows(LiveObjectsException.class, cache::close).sampleAddresses()[0];
    }

    @Test
    void aCloseNamesThePlaceOfItsAllocation() {
        open();
        MemorySegment object = cache.allocate();
        LiveObjectsException refused = assertThrows(LiveObjectsException.class, cache::close);
        assertEquals(1, refused.liveObjects());
        assertEquals(object.address(), refused.sampleAddresses()[0]);
        assertSays(
                refused.getMessage(),
                "\n    at " + GuardedObjectTest.class.getName() + ".aCloseNamesThePlaceOfItsAllocation(");
        cache.free(object);
        cache.close();
        assertFalse(object.scope().isAlive());
        assertThrows(IllegalStateException.class, () -> cache.free(object));
        assertThrows(IllegalStateException.class, () -> cache.freeAddress(object.address()));
        assertThrows(IllegalStateException.class, cache::allocate);
    }

    @Test
    void aForcedCloseGivesItsMemoryBack() {
        open();
        MemorySegment object = cache.allocate();
        cache.closeNow();
        assertFalse(object.scope().isAlive());
    }

    @Test
    void whenAllGuardedObjectsAreLiveOrdinaryOnesAreAllocated() {
        open();
        List<MemorySegment> objects = new ArrayList<>();
        for (int i = 0; i < 3 * SLOTS; i++) {
            objects.add(cache.allocate());
        }
        assertEquals(2, cache.stats().slabs());
        objects.forEach(cache::free);
    }

    @Test
    void theConstructorRunsAndItsContentsAreKept() {
        cache = builder()
                .guardedSampling(1)
                .constructor(object -> object.fill((byte) 9))
                .build();
        for (int i = 0; i < 2 * SLOTS; i++) {
            MemorySegment object = cache.allocate();
            assertEquals(9, object.get(ValueLayout.JAVA_BYTE, SIZE - 1));
            cache.free(object);
        }
        assertNotEquals(0, cache.stats().totalObjects());
    }

    @Test
    void leasesAndGenerationsGetOrdinaryObjects() {
        open();
        try (Lease lease = cache.allocateLeased()) {
            lease.segment().fill((byte) 1);
        }
        GenerationHandles handles = cache.generations();
        for (int i = 0; i < 3; i++) {
            long handle = handles.allocate();
            long next = handles.tryAllocate();
            handles.free(handle);
            handles.free(next);
        }
        assertEquals(0, cache.stats().liveObjects());
        try (SlabCache bounded = builder().guardedSampling(1).maxObjects(16).build()) {
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                leases.add(bounded.allocateLeased());
            }
            assertThrows(CacheExhaustedException.class, bounded::allocateLeased);
            assertEquals(0, bounded.generations().tryAllocate());
            assertThrows(
                    CacheExhaustedException.class, () -> bounded.generations().allocate());
            assertEquals(3, bounded.stats().exhaustions());
            bounded.free(bounded.allocate());
            leases.forEach(Lease::close);
            Healthy.checkNothingLive(bounded);
        }
    }
}
