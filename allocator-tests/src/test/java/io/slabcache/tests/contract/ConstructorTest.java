package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The callback that initializes objects once, and what it may do. */
@ParameterizedClass(name = "lockless {0}, checks {1}")
@CsvSource({"true, STANDARD", "true, NONE", "false, STANDARD", "false, NONE"})
class ConstructorTest {
    private static final int OBJECTS_PER_SLAB = 16;

    @Parameter(0)
    boolean lockless;

    @Parameter(1)
    Checks checks;

    private SlabCacheBuilder builder(Consumer<MemorySegment> constructor) {
        return SlabCache.builder("constructed", 64)
                .lockless(lockless)
                .checks(checks)
                .slabBytes(64 * OBJECTS_PER_SLAB)
                .constructor(constructor);
    }

    /** Returns a cache whose constructor callback may call the cache. */
    private SlabCache calling(BiConsumer<SlabCache, MemorySegment> constructor) {
        AtomicReference<SlabCache> cache = new AtomicReference<>();
        cache.set(builder(object -> constructor.accept(cache.get(), object)).build());
        return cache.get();
    }

    @Test
    void itRunsOnceForEachObject() {
        List<Long> constructed = new ArrayList<>();
        try (SlabCache cache = builder(object -> {
                    assertEquals(64, object.byteSize());
                    constructed.add(object.address());
                })
                .build()) {
            for (int round = 0; round < 3; round++) {
                long[] addresses = new long[100];
                assertTrue(cache.allocateBulk(addresses, 0, 100));
                cache.freeBulk(addresses, 0, 100);
            }
            assertEquals(cache.stats().totalObjects(), constructed.size());
            assertEquals(constructed.size(), constructed.stream().distinct().count());
            assertTrue(constructed.stream().allMatch(cache::owns));
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void whatItWroteIsKeptAcrossFreeAndAllocate() {
        try (SlabCache cache = builder(object -> object.set(ValueLayout.JAVA_LONG, 0, ~object.address()))
                .build()) {
            for (int i = 0; i < 100; i++) {
                MemorySegment object = cache.allocate();
                assertEquals(~object.address(), object.get(ValueLayout.JAVA_LONG, 0));
                object.set(ValueLayout.JAVA_LONG, 8, i);
                cache.free(object);
            }
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void itGetsTheSegmentThatIsHandedOutLater() {
        List<MemorySegment> constructed = new ArrayList<>();
        try (SlabCache cache = builder(constructed::add).build()) {
            MemorySegment object = cache.allocate();
            assertTrue(constructed.stream().anyMatch(segment -> segment == object));
            cache.free(object);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, OBJECTS_PER_SLAB, OBJECTS_PER_SLAB + 1})
    void ifItThrowsTheSlabIsGivenBackAndTheCallerKnows(int failing) {
        int[] runs = {0};
        RuntimeException failure = new RuntimeException("out of order");
        try (SlabCache cache = builder(object -> {
                    if (++runs[0] == failing) {
                        throw failure;
                    }
                })
                .build()) {
            List<MemorySegment> objects = new ArrayList<>();
            RuntimeException thrown = assertThrows(RuntimeException.class, () -> {
                while (objects.size() < failing) {
                    objects.add(cache.allocate());
                }
            });
            assertSame(failure, thrown);
            Healthy.check(cache);
            assertEquals(objects.size(), cache.stats().liveObjects());
            assertEquals(
                    (failing - 1) / OBJECTS_PER_SLAB * OBJECTS_PER_SLAB,
                    cache.stats().totalObjects());
            objects.add(cache.allocate());
            objects.forEach(cache::free);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void ifItThrowsInTheMiddleOfABulkNothingIsAllocated() {
        int[] runs = {0};
        try (SlabCache cache = builder(object -> {
                    if (++runs[0] == 3 * OBJECTS_PER_SLAB) {
                        throw new UnsupportedOperationException("no third slab");
                    }
                })
                .build()) {
            long[] addresses = new long[4 * OBJECTS_PER_SLAB];
            assertThrows(UnsupportedOperationException.class, () -> cache.allocateBulk(addresses, 0, addresses.length));
            assertEquals(
                    0, Arrays.stream(addresses).filter(address -> address != 0).count());
            Healthy.checkNothingLive(cache);
            assertTrue(cache.allocateBulk(addresses, 0, addresses.length));
            cache.freeBulk(addresses, 0, addresses.length);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void allocatingMoreThanIsFreeFromWithinIsRefusedAndLeavesTheCacheUsable() {
        boolean[] allocates = {true};
        try (SlabCache cache = calling((self, object) -> {
            if (allocates[0]) {
                self.allocate();
            }
        })) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, cache::allocate);
            assertTrue(refused.getMessage().contains("constructor"), refused.getMessage());
            assertEquals(0, cache.stats().totalObjects());
            allocates[0] = false;
            cache.free(cache.allocate());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void itMayFreeAndAllocateAnObjectThatExists() {
        List<MemorySegment> lent = new ArrayList<>();
        int[] exchanged = {0};
        try (SlabCache cache = calling((self, object) -> {
            if (!lent.isEmpty()) {
                self.free(lent.removeLast());
                lent.add(self.allocate());
                exchanged[0]++;
            }
        })) {
            for (int i = 0; i < 5 * OBJECTS_PER_SLAB; i++) {
                lent.add(cache.allocate());
            }
            assertEquals(4 * OBJECTS_PER_SLAB, exchanged[0]);
            assertEquals(
                    lent.size(),
                    lent.stream().map(MemorySegment::address).distinct().count());
            lent.forEach(cache::free);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void itMayFreeObjectsWithoutAReplacement() {
        List<MemorySegment> doomed = new ArrayList<>();
        try (SlabCache cache = calling((self, object) -> {
            if (doomed.size() >= OBJECTS_PER_SLAB) {
                doomed.forEach(self::free);
                doomed.clear();
            }
        })) {
            for (int i = 0; i < 10 * OBJECTS_PER_SLAB; i++) {
                doomed.add(cache.allocate());
            }
            Healthy.check(cache);
            doomed.forEach(cache::free);
            Healthy.checkNothingLive(cache);
        }
    }

    /** Unlike at the first slab, there is memory that a close would give back. */
    @Test
    void closingTheCacheFromWithinALaterSlabTakesNothingAway() {
        try (SlabCache cache = calling((self, object) -> assertThrows(IllegalStateException.class, self::closeNow))) {
            long[] some = new long[OBJECTS_PER_SLAB];
            assertTrue(cache.allocateBulk(some, 0, some.length));
            cache.freeBulk(some, 0, some.length);
            long[] more = new long[10 * OBJECTS_PER_SLAB];
            assertTrue(cache.allocateBulk(more, 0, more.length));
            cache.freeBulk(more, 0, more.length);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void closingTheCacheFromWithinIsRefused() {
        try (SlabCache cache = calling((self, object) -> {
            assertThrows(IllegalStateException.class, self::closeNow);
            assertThrows(IllegalStateException.class, self::close);
        })) {
            cache.free(cache.allocate());
            Healthy.checkNothingLive(cache);
        }
    }
}
