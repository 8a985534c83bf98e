package io.slabcache.tests.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.tests.support.Healthy;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Behaviour without checks. A bad call is still refused if that costs nothing, or if a lock is held anyway. */
class UncheckedCacheTest {
    /** Enough for a thread to get magazines. */
    private static final int OBJECTS = 4_096;

    @Test
    void nullIsReported() {
        try (SlabCache cache =
                SlabCache.builder("trusting", 48).checks(Checks.NONE).build()) {
            assertEquals(
                    Kind.NULL,
                    assertThrows(InvalidFreeException.class, () -> cache.free(null))
                            .kind());
            assertEquals(
                    Kind.NULL,
                    assertThrows(InvalidFreeException.class, () -> cache.freeBulk(new MemorySegment[1], 0, 1))
                            .kind());
            assertEquals(2, cache.stats().misuses());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aDoubleFreeThatReachesTheSlabsIsCountedAndKeptOnce() {
        try (SlabCache cache = SlabCache.builder("trusting", 48)
                .checks(Checks.NONE)
                .lockless(false)
                .build()) {
            long address = cache.allocateAddress();
            cache.freeAddress(address);
            cache.freeAddress(address);
            assertEquals(1, cache.stats().misuses());
            long[] addresses = new long[(int) cache.stats().totalObjects()];
            cache.allocateBulk(addresses, 0, addresses.length);
            assertEquals(addresses.length, Arrays.stream(addresses).distinct().count());
            cache.freeBulk(addresses, 0, addresses.length);
            assertEquals(0, cache.validate().findings().size());
        }
    }

    static Stream<Arguments> takers() {
        Map<String, ToIntFunction<SlabCache>> takers = Map.of(
                "segments", cache -> count(() -> cache.tryAllocate() != null),
                "addresses", cache -> count(() -> cache.tryAllocateAddress() != 0),
                "handles", cache -> count(() -> cache.generations().tryAllocate() != 0),
                "bulk", cache -> cache.allocateBulk(new long[OBJECTS], 0, OBJECTS) ? OBJECTS : 0);
        return takers.entrySet().stream().map(taker -> Arguments.of(taker.getKey(), taker.getValue()));
    }

    private static int count(BooleanSupplier taking) {
        int taken = 0;
        while (taking.getAsBoolean()) {
            taken++;
        }
        return taken;
    }

    /** One of them is the spare object, which is in no magazine. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("takers")
    void everyObjectCanBeTakenHoweverTheLastOnesWereFreed(String name, ToIntFunction<SlabCache> taker) {
        List<Consumer<SlabCache>> pairs = List.of(
                cache -> cache.free(cache.allocate()),
                cache -> cache.freeAddress(cache.allocateAddress()),
                cache -> cache.generations().free(cache.generations().allocate()),
                cache -> cache.allocateLeased().close());
        for (Consumer<SlabCache> pair : pairs) {
            SlabCache cache = SlabCache.builder("trusting", 48)
                    .checks(Checks.NONE)
                    .maxObjects(OBJECTS)
                    .build();
            for (int i = 0; i < 200; i++) {
                pair.accept(cache);
            }
            assertEquals(OBJECTS, taker.applyAsInt(cache));
            assertEquals(OBJECTS, cache.stats().liveObjects());
            assertEquals(List.of(), cache.validate().findings());
            cache.closeNow();
        }
    }

    /** A free by address leaves the mark that the spare object has while it is handed out. */
    @Test
    void segmentsAndAddressesMayBeMixed() {
        try (SlabCache cache =
                SlabCache.builder("trusting", 48).checks(Checks.NONE).build()) {
            MemorySegment spare = cache.allocate();
            cache.free(spare);
            assertSame(spare, cache.allocate());
            cache.freeAddress(spare.address());
            List<MemorySegment> live = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                live.add(cache.allocate());
                live.add(cache.segment(cache.allocateAddress()));
            }
            assertEquals(live.size(), live.stream().distinct().count());
            assertTrue(live.contains(spare));
            for (int i = 0; i < live.size(); i++) {
                if (i % 3 == 0) {
                    cache.freeAddress(live.get(i).address());
                } else {
                    cache.free(live.get(i));
                }
            }
            Healthy.checkNothingLive(cache);
        }
    }
}
