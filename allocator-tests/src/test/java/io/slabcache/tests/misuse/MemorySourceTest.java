package io.slabcache.tests.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.ScriptedSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory sources that break their contract or have no memory: the call is refused, without further effect. */
@ParameterizedClass(name = "lockless {0}")
@ValueSource(booleans = {true, false})
class MemorySourceTest {
    private static final int SLAB_BYTES = 1024;
    private static final int OBJECTS_PER_SLAB = SLAB_BYTES / 64;

    @Parameter
    boolean lockless;

    private final ScriptedSource source = new ScriptedSource();

    private SlabCache cache() {
        return SlabCache.builder("suspicious", 64)
                .lockless(lockless)
                .slabBytes(SLAB_BYTES)
                .memory(source)
                .build();
    }

    static Stream<Arguments> badRegions() {
        MemorySource arena = MemorySource.arena();
        return Stream.of(
                bad("no segment", "null", (bytes, alignment) -> new ScriptedSource.Region(null)),
                bad(
                        "too small",
                        " + 1023 bytes",
                        (bytes, alignment) -> sliced(arena.allocate(bytes, alignment), 0, bytes - 1)),
                bad(
                        "misaligned",
                        " + 1024 bytes",
                        (bytes, alignment) -> sliced(arena.allocate(bytes + 8, alignment), 8, bytes)),
                bad("memory that is gone", "a segment of a closed arena", (bytes, alignment) -> {
                    try (Arena ended = Arena.ofShared()) {
                        return new ScriptedSource.Region(ended.allocate(bytes, alignment));
                    }
                }),
                bad(
                        "heap memory",
                        "a heap segment",
                        (bytes, alignment) -> new ScriptedSource.Region(MemorySegment.ofArray(new long[(int) bytes]))),
                bad(
                        "read-only memory",
                        "a read-only segment",
                        (bytes, alignment) -> new ScriptedSource.Region(
                                arena.allocate(bytes, alignment).segment().asReadOnly())));
    }

    private static Arguments bad(String what, String came, MemorySource source) {
        return Arguments.of(what, came, source);
    }

    private static MemoryRegion sliced(MemoryRegion whole, long offset, long bytes) {
        return new ScriptedSource.Region(whole.segment().asSlice(offset, bytes));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRegions")
    void aBadRegionIsRefusedAndGivenBack(String what, String came, MemorySource bad) {
        try (SlabCache cache = cache()) {
            long kept = cache.allocateAddress();
            source.next(bad);
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> cache.allocateBulk(new long[100], 0, 100));
            assertTrue(refused.getMessage().contains(came), refused.getMessage());
            assertTrue(refused.getMessage().contains("at least 1024 bytes aligned to 64"), refused.getMessage());
            assertEquals(1, source.closed(), "regions given back");
            assertUsable(cache, kept);
        }
    }

    @Test
    void noRegionAtAllIsRefused() {
        try (SlabCache cache = cache()) {
            long kept = cache.allocateAddress();
            source.next((bytes, alignment) -> null);
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> cache.allocateBulk(new long[100], 0, 100));
            assertTrue(refused.getMessage().contains("null"), refused.getMessage());
            assertUsable(cache, kept);
        }
    }

    @Test
    void memoryThatOverlapsALiveSlabIsRefused() {
        MemoryRegion[] first = new MemoryRegion[1];
        try (SlabCache cache = cache()) {
            source.next((bytes, alignment) -> first[0] = MemorySource.arena().allocate(bytes + 64, alignment));
            long kept = cache.allocateAddress();
            source.next((bytes, alignment) -> sliced(first[0], 64, bytes));
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> cache.allocateBulk(new long[100], 0, 100));
            assertTrue(refused.getMessage().contains("overlaps"), refused.getMessage());
            assertTrue(
                    refused.getMessage()
                            .contains("0x" + Long.toHexString(first[0].segment().address() + 64)),
                    refused.getMessage());
            assertEquals(0, source.closed(), "regions closed, which might have ended the live one");
            assertUsable(cache, kept);
        }
    }

    @Test
    void aRegionThatIsInUseIsRefusedBeforeAnythingIsWrittenAndStaysInUse() {
        List<MemoryRegion> made = new ArrayList<>();
        MemorySource same = (bytes, alignment) -> {
            if (made.isEmpty()) {
                made.add(MemorySource.arena().allocate(bytes, alignment));
            }
            return made.getFirst();
        };
        try (SlabCache cache = SlabCache.builder("suspicious", 64)
                .lockless(lockless)
                .slabBytes(SLAB_BYTES)
                .memory(same)
                .constructor(object -> object.set(ValueLayout.JAVA_LONG, 0, 7))
                .build()) {
            MemorySegment kept = cache.allocate();
            kept.set(ValueLayout.JAVA_LONG, 0, 42);
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> cache.allocateBulk(new long[100], 0, 100));
            assertTrue(refused.getMessage().contains("overlaps"), refused.getMessage());
            assertEquals(42, kept.get(ValueLayout.JAVA_LONG, 0));
            cache.free(kept);
            Healthy.checkNothingLive(cache);
        }
        assertFalse(made.getFirst().segment().scope().isAlive());
    }

    @Test
    void aLargerRegionIsTakenAndCountedAsItIs() {
        try (SlabCache cache = cache()) {
            source.next((bytes, alignment) -> MemorySource.arena().allocate(bytes * 3, alignment));
            long address = cache.allocateAddress();
            assertEquals(OBJECTS_PER_SLAB, cache.stats().totalObjects());
            assertEquals(3 * SLAB_BYTES, cache.stats().reservedBytes());
            cache.freeAddress(address);
            Healthy.checkNothingLive(cache);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void whenMemoryRunsOutTheCacheStaysAsItWasAndGoesOnLater(int lastRegion) {
        OutOfMemoryError none = new OutOfMemoryError("the source is dry");
        try (SlabCache cache = cache()) {
            List<Long> addresses = new ArrayList<>();
            while (cache.stats().slabs() < lastRegion - 1 || addresses.size() < (lastRegion - 1) * OBJECTS_PER_SLAB) {
                addresses.add(cache.allocateAddress());
            }
            for (int i = 0; i < 3; i++) {
                source.next((bytes, alignment) -> {
                    throw none;
                });
                assertSame(none, assertThrows(OutOfMemoryError.class, cache::allocate));
                Healthy.check(cache);
                assertEquals(addresses.size(), cache.stats().liveObjects());
                assertEquals(lastRegion - 1, cache.stats().slabs());
            }
            addresses.add(cache.allocateAddress());
            addresses.forEach(cache::freeAddress);
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void aBulkThatMeetsTheEndOfMemoryAllocatesNothing() {
        try (SlabCache cache = cache()) {
            long kept = cache.allocateAddress();
            source.next(MemorySource.arena()).next((bytes, alignment) -> {
                throw new OutOfMemoryError("the source is dry");
            });
            long[] addresses = new long[100];
            assertThrows(OutOfMemoryError.class, () -> cache.allocateBulk(addresses, 0, 100));
            assertEquals(0, addresses[0]);
            assertUsable(cache, kept);
        }
    }

    private static void assertUsable(SlabCache cache, long kept) {
        Healthy.check(cache);
        assertEquals(1, cache.stats().liveObjects());
        long[] addresses = new long[100];
        assertTrue(cache.allocateBulk(addresses, 0, 100));
        cache.freeBulk(addresses, 0, 100);
        cache.freeAddress(kept);
        Healthy.checkNothingLive(cache);
    }

    @Test
    void everyRegionIsGivenBackExactlyOnce() {
        SlabCache cache = cache();
        long[] addresses = new long[10 * OBJECTS_PER_SLAB];
        assertTrue(cache.allocateBulk(addresses, 0, addresses.length));
        assertEquals(0, source.closed());
        cache.freeBulk(addresses, 0, addresses.length / 2);
        cache.flush();
        cache.shrink();
        cache.freeBulk(addresses, addresses.length / 2, addresses.length / 2);
        cache.close();
        cache.close();
        assertEquals(source.made(), source.closed());
        assertTrue(source.made() >= 10);
    }

    @Test
    void memoryThatIsStillHeldIsGivenBackByALaterClose() {
        SlabCache cache = cache();
        boolean[] held = {true};
        source.next((bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return new ScriptedSource.Region(region.segment(), () -> {
                if (held[0]) {
                    throw new IllegalStateException("held by a native call");
                }
                region.close();
            });
        });
        cache.free(cache.allocate());
        IllegalStateException refused = assertThrows(IllegalStateException.class, cache::close);
        assertTrue(refused.getMessage().contains("close again"), refused.getMessage());
        assertThrows(IllegalStateException.class, cache::allocate);
        held[0] = false;
        cache.close();
        assertEquals(1, source.closed());
    }
}
