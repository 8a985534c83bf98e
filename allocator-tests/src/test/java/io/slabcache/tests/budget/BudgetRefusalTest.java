package io.slabcache.tests.budget;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.GenerationHandles;
import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Access;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each call does when the budget is spent. The cache that asked stays as it was, and works on. */
@Timeout(60)
class BudgetRefusalTest {
    private static final long SLAB_BYTES = 4096;

    /** Room for two slabs of any mode, alignment and redzones included, but not for three. */
    private static final long LIMIT = 10_000;

    private final MemoryBudget budget = MemoryBudget.ofBytes(LIMIT);

    private enum Mode {
        PLAIN(builder -> builder),
        UNCHECKED(builder -> builder.checks(Checks.NONE)),
        LOCKED(builder -> builder.lockless(false)),
        DEBUGGED(builder -> builder.debug(Debug.SANITY, Debug.REDZONES, Debug.POISON)),
        ADDRESSES(builder -> builder.handles(false)),
        BOUNDED(builder -> builder.maxObjects(1_000_000));

        private final UnaryOperator<SlabCacheBuilder> settings;

        Mode(UnaryOperator<SlabCacheBuilder> settings) {
            this.settings = settings;
        }
    }

    private SlabCacheBuilder builder() {
        return SlabCache.builder("spender", 64).slabBytes(SLAB_BYTES).memory(budget.limit(MemorySource.arena()));
    }

    private SlabCache cache(Mode mode) {
        return mode.settings.apply(builder()).build();
    }

    /** Allocates until the cache refuses. */
    private static List<Long> spend(ObjectAllocator cache) {
        List<Long> objects = new ArrayList<>();
        for (long object; (object = cache.tryAllocateAddress()) != 0; ) {
            objects.add(object);
        }
        return objects;
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void callsThatMayFailRefuse(Mode mode) {
        try (SlabCache cache = cache(mode)) {
            List<Long> objects = spend(cache);
            assertTrue(objects.size() >= 2 * SLAB_BYTES / (64 + 32) - 2, "only " + objects.size());
            for (ObjectAllocator door : List.of(cache, cache.local())) {
                assertNull(door.tryAllocate());
                assertEquals(0, door.tryAllocateAddress());
                assertNull(door.tryAllocateCached());
                assertEquals(0, door.tryAllocateAddressCached());
                assertEquals(0, door.generations().tryAllocate());
                long[] addresses = {7, 7, 7};
                assertFalse(door.allocateBulk(addresses, 1, 1));
                assertArrayEquals(new long[] {7, 7, 7}, addresses);
                MemorySegment[] segments = {MemorySegment.NULL};
                assertFalse(door.allocateBulk(segments, 0, 1));
                assertSame(MemorySegment.NULL, segments[0]);
                assertEquals(0, door.prefill(1));
            }
            assertTrue(cache.stats().exhaustions() > 0);
            assertWorksOn(cache, objects);
        }
        assertEquals(0, budget.usedBytes());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void callsThatMustSucceedThrow(Mode mode) {
        try (SlabCache cache = cache(mode)) {
            List<Long> objects = spend(cache);
            for (ObjectAllocator door : List.of(cache, cache.local())) {
                assertThrowsOurError(door::allocate);
                assertThrowsOurError(door::allocateAddress);
                assertThrowsOurError(door::allocateZeroed);
                assertThrowsOurError(door::allocateLeased);
                assertThrowsOurError(door.generations()::allocate);
            }
            assertWorksOn(cache, objects);
        }
        assertEquals(0, budget.usedBytes());
    }

    private void assertThrowsOurError(org.junit.jupiter.api.function.Executable call) {
        OutOfMemoryError error = assertThrows(OutOfMemoryError.class, call);
        assertEquals(OutOfMemoryError.class, error.getClass());
        assertSays(
                error.getMessage(),
                "cache 'spender' cannot grow: memory budget is spent: asked for 4",
                " bytes, " + budget.usedBytes() + " of at most " + LIMIT + " are used",
                "the largest caches in bytes: cache 'spender' " + budget.usedBytes(),
                "use tryAllocate");
    }

    private static void assertWorksOn(SlabCache cache, List<Long> objects) {
        assertEquals(objects.size(), cache.stats().liveObjects());
        assertTrue(cache.validate().isClean(), () -> cache.validate().findings().toString());
        cache.freeAddress(objects.removeLast());
        long object = cache.allocateAddress();
        assertNotEquals(0, object);
        objects.forEach(cache::freeAddress);
        cache.freeAddress(object);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void eachKindOfThreadIsRefusedAndServedAgain(Access access) throws Throwable {
        try (SlabCache cache = cache(Mode.PLAIN)) {
            access.run(() -> {
                ObjectAllocator door = access.to(cache);
                List<Long> objects = spend(door);
                assertEquals(2 * SLAB_BYTES / 64, objects.size());
                assertThrows(OutOfMemoryError.class, door::allocate);
                objects.forEach(door::freeAddress);
                long again = door.allocateAddress();
                door.freeAddress(again);
            });
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aBulkCallIsAllOrNothing() {
        try (SlabCache cache = cache(Mode.PLAIN)) {
            long[] objects = new long[200];
            assertFalse(cache.allocateBulk(objects, 0, 129));
            assertArrayEquals(new long[200], objects);
            assertEquals(0, cache.stats().liveObjects());
            assertTrue(cache.allocateBulk(objects, 0, 128));
            cache.freeBulk(objects, 0, 128);
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void handlesWithGenerationsGoOnAfterARefusal() {
        try (SlabCache cache = cache(Mode.PLAIN)) {
            GenerationHandles handles = cache.generations();
            List<Long> all = new ArrayList<>();
            for (long handle; (handle = handles.tryAllocate()) != 0; ) {
                all.add(handle);
            }
            assertThrows(OutOfMemoryError.class, handles::allocate);
            all.forEach(handles::free);
            handles.free(handles.allocate());
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void theBoundOfTheCacheIsToldApartFromTheBudget() {
        try (SlabCache cache = builder().maxObjects(100).build()) {
            List<Long> objects = spend(cache);
            assertEquals(100, objects.size());
            assertThrows(CacheExhaustedException.class, cache::allocate);
            objects.forEach(cache::freeAddress);
        }
    }

    @Test
    void afterTheBudgetRefusedTheBoundIsToldAgain() {
        MemorySource memory = budget.limit(MemorySource.arena());
        try (SlabCache cache = builder().maxObjects(128).build();
                SlabCache other = SlabCache.builder("other", 64)
                        .slabBytes(SLAB_BYTES)
                        .memory(memory)
                        .build()) {
            long blocking = other.allocateAddress();
            List<Long> objects = spend(cache);
            assertThrows(OutOfMemoryError.class, cache::allocate);
            other.freeAddress(blocking);
            objects.addAll(spend(cache));
            assertEquals(128, objects.size());
            assertThrows(CacheExhaustedException.class, cache::allocate);
            objects.forEach(cache::freeAddress);
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aFailureOnPurposeIsNoRefusalOfTheBudget() {
        try (SlabCache cache =
                builder().faults(AllocationFaults.interval(1).after(1_000)).build()) {
            List<Long> objects = spend(cache);
            assertThrows(OutOfMemoryError.class, cache::allocate);
            objects.forEach(cache::freeAddress);
            for (int i = 0; i < 1_000; i++) {
                long object = cache.tryAllocateAddress();
                if (object != 0) {
                    cache.freeAddress(object);
                }
            }
            assertThrows(CacheExhaustedException.class, cache::allocate);
        }
    }

    /** A source that calls a limited one counts, and its cache is at a bound, too. */
    @Test
    void aSourceAroundALimitedOneIsLimited() {
        MemorySource limited = budget.limit(MemorySource.arena());
        try (SlabCache cache = SlabCache.builder("around", 64)
                .slabBytes(SLAB_BYTES)
                .memory((bytes, alignment) -> limited.allocate(bytes, alignment))
                .build()) {
            List<Long> objects = spend(cache);
            assertEquals(128, objects.size());
            String message =
                    assertThrows(OutOfMemoryError.class, cache::allocate).getMessage();
            assertSays(message, "cache 'around' cannot grow", "no cache that is known to the budget has memory");
            objects.forEach(cache::freeAddress);
        }
        assertEquals(0, budget.usedBytes());
    }

    /** The cache whose constructor asks another one is not at its bound: the error passes through. */
    @Test
    void aConstructorGetsTheErrorOfTheOtherCache() {
        try (SlabCache spent = cache(Mode.PLAIN);
                SlabCache cache = SlabCache.builder("constructed", 64)
                        .constructor(object -> spent.allocateAddress())
                        .build()) {
            List<Long> objects = spend(spent);
            assertThrows(OutOfMemoryError.class, cache::tryAllocate);
            objects.forEach(spent::freeAddress);
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void statisticsShowTheBudget() {
        try (SlabCache cache = cache(Mode.PLAIN);
                SlabCache free = SlabCache.builder("free", 64).build()) {
            assertEquals(LIMIT, cache.stats().budgetLimitBytes());
            assertEquals(0, cache.stats().budgetUsedBytes());
            cache.freeAddress(cache.allocateAddress());
            assertEquals(SLAB_BYTES + 48, cache.stats().budgetUsedBytes());
            assertEquals(cache.stats().reservedBytes(), cache.stats().budgetUsedBytes());
            assertEquals(Long.MAX_VALUE, free.stats().budgetLimitBytes());
            assertEquals(0, free.stats().budgetUsedBytes());
            assertTrue(free.stats().toString().matches("(?s).*budgetLimitBytes +unbounded.*"));
        }
    }
}
