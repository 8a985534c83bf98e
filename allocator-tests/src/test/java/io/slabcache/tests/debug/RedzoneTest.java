package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport.Kind;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form of free finds writes before the start and past the end of an object. */
class RedzoneTest extends DebugContract {
    @ParameterizedTest
    @MethodSource("io.slabcache.tests.debug.Entry#all")
    void aByteBehindTheEndIsFoundAtTheFree(Entry entry) {
        open(Debug.REDZONES);
        long object = entry.allocate(cache);
        memory.spoil(object + SIZE);
        found(MisusePolicy.THROW, Kind.REDZONE, object, SIZE, () -> entry.free(cache, object));
        assertEquals(1, cache.stats().frees());
        assertEquals((byte) 0xcc, memory.read(object + SIZE));
        entry.free(cache, entry.allocate(cache));
    }

    @ParameterizedTest
    @EnumSource
    void everyByteOfBothZonesIsWatched(MisusePolicy policy) {
        cache = builder(Debug.REDZONES).alignment(32).onMisuse(policy).build();
        assertEquals(64, cache.stats().stride());
        for (long offset = -46; offset < 64; offset++) {
            if (offset < 0 || offset >= SIZE) {
                long wanted = offset;
                // The first object of a slab has the smaller redzone before it.
                long first = cache.allocateAddress();
                long object = cache.allocateAddress();
                memory.spoil(object + offset);
                found(policy, Kind.REDZONE, object, wanted, () -> cache.freeAddress(object));
                cache.freeAddress(first);
            }
        }
    }

    @Test
    void validateFindsEachOverwrittenZoneOnceAndChangesNothing() {
        open(Debug.REDZONES);
        long first = cache.allocateAddress();
        long second = cache.allocateAddress();
        memory.spoil(first - 1);
        memory.spoil(first + SIZE);
        memory.spoil(second + SIZE + 3);
        for (int round = 0; round < 2; round++) {
            CacheValidation validation = cache.validate();
            assertEquals(3, validation.findings().size(), validation.findings()::toString);
            assertEquals(2, validation.liveObjects());
            assertSays(validation.findings().get(0), "offset -1 of", "before the start", "nothing was changed");
            assertSays(validation.findings().get(1), "offset 18 of", "past the end");
            assertSays(validation.findings().get(2), "offset 21 of", "past the end");
        }
        assertEquals(0, reports.size());
        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(first));
        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(second));
        assertEquals(3, reports.size());
    }

    @Test
    void aBulkIsFreedToItsEndBeforeItThrows() {
        open(Debug.REDZONES);
        long[] objects = new long[10];
        assertTrue(cache.allocateBulk(objects, 0, 10));
        memory.spoil(objects[3] + SIZE);
        memory.spoil(objects[7] + SIZE);
        CorruptedObjectException thrown =
                assertThrows(CorruptedObjectException.class, () -> cache.freeBulk(objects, 0, 10));
        assertEquals(objects[3], thrown.object());
        assertEquals(1, thrown.getSuppressed().length);
        assertEquals(objects[7], ((CorruptedObjectException) thrown.getSuppressed()[0]).object());
        assertEquals(10, cache.stats().frees());
        assertEquals(2, cache.stats().cachedObjects());
        assertEquals(2, reports.size());
    }

    @Test
    void objectsAreAsLargeAndAlignedAsEver() {
        open(Debug.REDZONES);
        List<Long> objects = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            long object = cache.allocateAddress();
            cache.segment(object).fill((byte) i);
            objects.add(object);
        }
        for (int i = 0; i < 5000; i++) {
            assertEquals((byte) i, cache.segment(objects.get(i)).get(ValueLayout.JAVA_BYTE, SIZE - 1));
            assertEquals(SIZE, cache.segment(objects.get(i)).byteSize());
            assertEquals(0, objects.get(i) % 8);
            cache.freeAddress(objects.get(i));
        }
    }

    @Test
    void theBoundIsThatOfACacheThatIsNotDebugged() {
        cache = builder(Debug.REDZONES).maxBytes(24 * 10).slabBytes(24).build();
        long[] objects = new long[10];
        assertTrue(cache.allocateBulk(objects, 0, 10));
        assertEquals(0, cache.tryAllocateAddress());
        cache.freeBulk(objects, 0, 10);
    }

    @Test
    void objectsThatAreTooLargeForZonesAreDebuggedWithout() {
        SlabCache huge = SlabCache.builder("huge", 1L << 30).debug(USUAL).build();
        assertEquals(1L << 30, huge.stats().stride());
        assertEquals(1, log.records().size());
        assertSays(log.records().getFirst().getMessage(), "'huge'", "no redzones");
        huge.close();
    }
}
