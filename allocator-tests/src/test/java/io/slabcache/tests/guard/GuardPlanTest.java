package io.slabcache.tests.guard;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which caches have guarded objects, and which allocations get one. */
class GuardPlanTest extends GuardContract {
    /** Allocates one object and writes behind it; returns whether its free finds that. */
    private boolean isNextGuarded() {
        long object = cache.allocateAddress();
        memory.spoil(object + SIZE);
        try {
            cache.freeAddress(object);
            return false;
        } catch (CorruptedObjectException e) {
            return true;
        }
    }

    @Test
    void noObjectIsGuardedByDefault() {
        cache = builder().build();
        assertFalse(isNextGuarded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1/1"})
    void thePropertyTurnsGuardedObjectsOn(String value) {
        System.setProperty(PROPERTY, value);
        cache = builder().build();
        assertTrue(isNextGuarded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "", "1/1000000000000"})
    void offOrALowRateGuardsNoObject(String value) {
        System.setProperty(PROPERTY, value);
        cache = builder().slabBytes(1 << 20).build();
        assertFalse(isNextGuarded());
        assertEquals(List.of(), log.records());
    }

    @Test
    void theBuilderOverridesTheProperty() {
        System.setProperty(PROPERTY, "1/1000000000000");
        open();
        assertTrue(isNextGuarded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "0", "1/9223372036854775808", "-1"})
    void aBadPropertyIsLoggedOnceAndIgnored(String value) {
        System.setProperty(PROPERTY, value);
        for (int i = 0; i < 2; i++) {
            builder().build().close();
        }
        assertEquals(1, log.records().size());
        String message = log.records().getFirst().getMessage();
        assertTrue(message.matches("slabcache.guard='" + value + "': the rate is .*; no object is guarded"), message);
    }

    @Test
    void aBadRateIsRefused() {
        SlabCacheBuilder builder = builder();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> builder.guardedSampling(0));
        assertEquals("oneIn is 0; expected 1 or more", refused.getMessage());
    }

    @Test
    void anUncheckedCacheHasNoGuardedObjects() {
        SlabCacheBuilder builder = builder().checks(Checks.NONE).guardedSampling(1);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals("checks is NONE; expected STANDARD, or no guarded sampling", refused.getMessage());
        System.setProperty(PROPERTY, "1");
        cache = builder().checks(Checks.NONE).slabBytes(1 << 20).build();
        assertFalse(isNextGuarded());
        assertEquals(
                "slabcache.guard: no object of cache 'guarded' is guarded, which has Checks.NONE and so does not look at"
                        + " what is freed",
                log.records().getFirst().getMessage());
    }

    @Test
    void aDebuggedCacheChecksEveryObjectAndGuardsNone() {
        cache = builder().debug(Debug.REDZONES).guardedSampling(1).build();
        for (int i = 0; i < 2 * SLOTS; i++) {
            assertTrue(isNextGuarded());
        }
        assertEquals(1, cache.stats().slabs());
    }

    @Test
    void aCacheOfOneObjectHasNone() {
        cache = builder().maxObjects(1).guardedSampling(1).build();
        assertEquals(
                "cache 'guarded' has no guarded objects: its one object cannot be two",
                log.records().getFirst().getMessage());
        long object = cache.allocateAddress();
        assertEquals(0, cache.tryAllocateAddress());
        cache.freeAddress(object);
    }

    @Test
    void ofTwoObjectsOneIsGuarded() {
        cache = builder().maxObjects(2).guardedSampling(1).build();
        long guarded = cache.allocateAddress();
        long other = cache.allocateAddress();
        assertEquals(0, cache.tryAllocateAddress());
        assertEquals(2, cache.stats().maxObjects());
        memory.spoil(guarded - 1);
        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(guarded));
        cache.freeAddress(other);
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 8 << 20})
    void largeObjectsAreGuardedOneAtATime(long size) {
        cache = SlabCache.builder("large", size)
                .memory(memory)
                .onReport(reports::add)
                .guardedSampling(1)
                .build();
        long object = cache.allocateAddress();
        memory.spoil(object + size + 4095);
        assertEquals(1, cache.stats().totalObjects());
        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(object));
    }

    @Test
    void objectsOfTheLargestSizeAreNotGuarded() {
        cache = SlabCache.builder("largest", 1L << 30).guardedSampling(1).build();
        assertEquals(
                "cache 'largest' has no guarded objects: with room around them its objects of 1073741824 bytes would be"
                        + " larger than 2^30 bytes",
                log.records().getFirst().getMessage());
    }

    @Test
    void withoutMemoryForGuardedObjectsTheCacheWorks() {
        MemorySource source = (bytes, alignment) -> {
            if (bytes < 64 << 10) {
                throw new OutOfMemoryError("no small regions today");
            }
            return MemorySource.arena().allocate(bytes, alignment);
        };
        cache = builder().memory(source).guardedSampling(1).build();
        for (int i = 0; i < 3; i++) {
            MemorySegment object = cache.allocate();
            cache.free(object);
        }
        assertEquals(1, log.records().size());
        assertEquals(
                "cache 'guarded' cannot make the slab of its guarded objects, and continues without them",
                withoutIds(log.records().getFirst().getMessage()));
        assertEquals(
                "no small regions today", log.records().getFirst().getThrown().getMessage());
    }

    @Test
    void aThreadWithCachedObjectsIsNotSampled() {
        open();
        long first = cache.allocateAddress();
        assertEquals(10, cache.prefill(10));
        for (int i = 0; i < 10; i++) {
            assertFalse(isNextGuarded());
        }
        memory.spoil(first + SIZE);
        assertThrows(CorruptedObjectException.class, () -> cache.freeAddress(first));
    }

    @Test
    void aThreadThatAllocatesMuchIsSampledSooner() {
        cache = builder()
                .alignment(64)
                .magazineCapacity(32)
                .guardedSampling(500)
                .onMisuse(MisusePolicy.WARN_ONCE)
                .build();
        long[] addresses = new long[20_000];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = cache.allocateAddress();
            memory.spoil(addresses[i] + SIZE);
        }
        for (long address : addresses) {
            cache.freeAddress(address);
        }
        // 40 are expected; the probability of none is e^-40.
        assertTrue(!reports.isEmpty() && reports.size() <= SLOTS, () -> reports.size() + " were guarded");
    }
}
