package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes to free objects are found, at the latest when the object is about to be reused. */
class UseAfterFreeTest extends DebugContract {
    /** Opens a bounded cache with one object, so that it is known which object comes next. */
    private void openWithOneObject(MisusePolicy policy, Debug... ways) {
        cache = builder(ways).maxObjects(1).onMisuse(policy).build();
    }

    @ParameterizedTest
    @MethodSource("io.slabcache.tests.debug.Entry#all")
    void aWriteIsFoundAtTheNextAllocation(Entry entry) {
        openWithOneObject(MisusePolicy.THROW, USUAL);
        long object = entry.allocate(cache);
        entry.free(cache, object);
        memory.spoil(object + 5);
        MisuseReport report = found(MisusePolicy.THROW, Kind.USE_AFTER_FREE, object, 5, () -> entry.allocate(cache));
        assertSays(report.text(), "is 0x94 instead of 0x6b", "\nallocated at ", "\nfreed at ", "quarantined");
        assertBeginsIn(Entry.class, report.freed().orElseThrow().stack());
        assertBeginsIn(Entry.class, report.allocated().orElseThrow().stack());
        assertEquals(0, cache.stats().liveObjects());
        assertEquals(object, entry.allocate(cache));
        entry.free(cache, object);
    }

    @ParameterizedTest
    @EnumSource
    void everyByteIsWatched(MisusePolicy policy) {
        openWithOneObject(policy, Debug.POISON);
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        for (int offset = 0; offset < SIZE; offset++) {
            memory.spoil(object + offset);
            found(policy, Kind.USE_AFTER_FREE, object, offset, () -> {
                cache.freeAddress(cache.allocateAddress());
            });
            if (policy == MisusePolicy.WARN_ONCE) {
                assertEquals(offset + 2, cache.stats().frees(), "nothing else was handed out");
            }
        }
        assertEquals((byte) 0x6b, memory.read(object));
        assertEquals((byte) 0xa5, memory.read(object + SIZE - 1));
    }

    @Test
    void validateFindsEveryWriteAndWhoFreedTheObject() {
        open(USUAL);
        long quarantined = cache.allocateAddress();
        cache.freeAddress(quarantined);
        long fresh = quarantined + 50 * cache.stats().stride();
        memory.spoil(quarantined);
        memory.spoil(fresh + 7);
        for (int round = 0; round < 2; round++) {
            CacheValidation validation = cache.validate();
            assertFalse(validation.isClean());
            assertEquals(2, validation.findings().size(), validation.findings()::toString);
            assertSays(validation.findings().get(0), "offset 0 of", "\nfreed at ", "UseAfterFreeTest", "nothing was");
            assertSays(validation.findings().get(1), "offset 7 of");
            assertEquals(1, validation.cachedObjects());
        }
        memory.spoil(quarantined);
        memory.spoil(fresh + 7);
        assertTrue(cache.validate().isClean());
    }

    @Test
    void aFreedObjectIsNotUsedAgainSoon() {
        open(Debug.POISON);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 257; i++) {
            long object = cache.allocateAddress();
            assertTrue(seen.add(object), "used again after " + i + " others");
            cache.freeAddress(object);
        }
        assertEquals(256, cache.stats().cachedObjects());
    }

    @Test
    void atTheBoundTheOldestIsUsedAgain() {
        cache = builder(Debug.POISON).maxObjects(10).build();
        long[] objects = new long[10];
        assertTrue(cache.allocateBulk(objects, 0, 10));
        cache.freeBulk(objects, 0, 10);
        assertEquals(10, cache.stats().cachedObjects());
        long[] again = new long[10];
        assertTrue(cache.allocateBulk(again, 0, 10));
        assertEquals(0, cache.tryAllocateAddress());
        for (int i = 0; i < 10; i++) {
            assertEquals(objects[i], again[i]);
        }
        cache.freeBulk(again, 0, 10);
    }

    @Test
    void shrinkEmptiesTheQuarantine() {
        open(USUAL);
        cache.freeAddress(cache.allocateAddress());
        assertTrue(cache.shrink() > 0);
        assertEquals(0, cache.stats().totalObjects());
        assertEquals(0, cache.stats().cachedObjects());
    }

    @Test
    void aCacheWithAConstructorKeepsWhatItWroteAndSaysThatItIsNotPoisoned() {
        cache = builder(USUAL)
                .constructor(object -> object.set(ValueLayout.JAVA_BYTE, 0, (byte) 42))
                .build();
        assertEquals(1, log.records().size());
        assertSays(log.records().getFirst().getMessage(), "'victim'", "not poisoned");
        builder(USUAL).constructor(object -> {}).build().close();
        assertEquals(1, log.records().size());
        long first = cache.allocateAddress();
        cache.freeAddress(first);
        assertEquals((byte) 42, memory.read(first));
        assertNotEquals(first, cache.allocateAddress());
        cache.freeAddress(first + cache.stats().stride());
        memory.spoil(first + 1);
        assertTrue(cache.validate().isClean());
    }

    @Test
    void aBulkThatFindsDamageHandsOutNothing() {
        cache = builder(USUAL).maxObjects(10).build();
        long[] objects = new long[10];
        assertTrue(cache.allocateBulk(objects, 0, 10));
        cache.freeBulk(objects, 0, 10);
        memory.spoil(objects[6]);
        long[] untouched = new long[10];
        found(MisusePolicy.THROW, Kind.USE_AFTER_FREE, objects[6], 0, () -> cache.allocateBulk(untouched, 0, 10));
        assertEquals(0, untouched[0]);
        assertEquals(0, cache.stats().liveObjects());
        assertEquals(10, cache.stats().frees());
        assertTrue(cache.allocateBulk(objects, 0, 10));
        cache.freeBulk(objects, 0, 10);
    }

    @Test
    void anExceptionNamesTheKind() {
        openWithOneObject(MisusePolicy.THROW, Debug.POISON);
        long object = cache.allocateAddress();
        cache.freeAddress(object);
        memory.spoil(object + SIZE - 1);
        CorruptedObjectException thrown = assertThrows(CorruptedObjectException.class, cache::tryAllocate);
        assertEquals(CorruptedObjectException.Kind.USE_AFTER_FREE, thrown.kind());
        assertSays(thrown.getMessage(), "instead of 0xa5");
    }
}
