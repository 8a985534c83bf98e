package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A slab is made of one region and the constructor runs once for each of its objects. A region that breaks the contract
 * of its source is refused and closed, with a message that says what was expected.
 */
class SlabFactoryTest {
    private final SlabGeometry geometry = new SlabGeometry(100, 128, 0, Long.MAX_VALUE);
    private final FakeSource source = new FakeSource();

    /** A region of any segment; counts how often it is closed. */
    private static final class Region implements MemoryRegion {
        private final MemorySegment segment;
        private int closes;

        Region(MemorySegment segment) {
            this.segment = segment;
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    private final OnDemandHeap onDemand = new OnDemandHeap();

    private SlabFactory factory(MemorySource from, Consumer<MemorySegment> constructor) {
        return new SlabFactory(
                geometry, from, slab -> {}, Optional.ofNullable(constructor), new RegionReturns(), onDemand);
    }

    private void assertRefused(MemorySegment segment, String why) {
        Region region = new Region(segment);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Slabs.create(factory((b, a) -> region, null), 10));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertTrue(refused.getMessage().contains("1280 bytes aligned to 128"), refused.getMessage());
        assertEquals(1, region.closes);
    }

    @Test
    void aSlabIsMadeOfOneRegionOfTheNeededSizeAndAlignment() {
        List<Long> asked = new ArrayList<>();
        Slab slab = Slabs.create(
                factory(
                        (bytes, alignment) -> {
                            asked.add(bytes);
                            asked.add(alignment);
                            return source.allocate(bytes, alignment);
                        },
                        null),
                10);
        assertEquals(List.of(1280L, 128L), asked);
        assertEquals(10, slab.objects());
        assertSame(source.region(0), slab.region().origin());
        assertEquals(source.region(0).segment().address(), slab.base());
        assertTrue(slab.freeMap.isEmpty());
    }

    @Test
    void aLargerRegionIsAccepted() {
        Slab slab = Slabs.create(factory((b, a) -> source.allocate(5000, 4096), null), 10);
        assertEquals(1280, (slab.end() - slab.base()));
        assertFalse(source.region(0).isClosed());
    }

    @Test
    void noRegionIsRefused() {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> Slabs.create(factory((b, a) -> null, null), 10));
        assertTrue(refused.getMessage().contains("returned null"), refused.getMessage());
    }

    @Test
    void aRegionWithoutASegmentIsRefusedAndClosed() {
        assertRefused(null, "returned null");
    }

    @Test
    void heapMemoryIsRefusedAndClosed() {
        assertRefused(MemorySegment.ofArray(new long[1000]), "a heap segment");
    }

    @Test
    void readOnlyMemoryIsRefusedAndClosed() {
        assertRefused(Arena.ofAuto().allocate(1280, 128).asReadOnly(), "a read-only segment");
    }

    @Test
    void tooSmallARegionIsRefusedAndClosed() {
        assertRefused(Arena.ofAuto().allocate(1279, 128), "1279 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 64})
    void aMisalignedRegionIsRefusedAndClosed(long misalignment) {
        assertRefused(Arena.ofAuto().allocate(2560, 128).asSlice(misalignment), "0x");
    }

    @Test
    void memoryAtZeroIsRefusedAndClosed() {
        assertRefused(MemorySegment.NULL, "0x0 + 0 bytes");
    }

    @Test
    void exceptionsOfTheSourceReachTheCaller() {
        OutOfMemoryError failure = new OutOfMemoryError("planted");
        source.failOnce(failure);
        assertSame(failure, assertThrows(OutOfMemoryError.class, () -> Slabs.create(factory(source, null), 10)));
    }

    @Test
    void theConstructorSeesEachObjectOnceInOrder() {
        List<MemorySegment> seen = new ArrayList<>();
        Slab slab = Slabs.create(factory(source, seen::add), 10);
        assertEquals(10, seen.size());
        for (int i = 0; i < 10; i++) {
            assertSame(slab.handle(slab.address(i)), seen.get(i));
        }
    }

    @Test
    void withoutAConstructorNoHandleIsMade() {
        Slab with = Slabs.create(factory(source, segment -> {}), 1000);
        Slab without = Slabs.create(factory(source, null), 1000);
        assertNull(without.handleIfCreated(without.address(0)));
        assertNotNull(with.handleIfCreated(with.address(0)));
    }

    @Test
    void aConstructorThatThrowsGivesTheRegionBack() {
        for (Throwable planted : List.of(new IllegalArgumentException("planted"), new StackOverflowError("planted"))) {
            Consumer<MemorySegment> constructor = segment -> {
                if (segment.address()
                        != source.region(source.count() - 1).segment().address()) {
                    SlabFactoryTest.<RuntimeException>sneak(planted);
                }
            };
            assertSame(planted, assertThrows(Throwable.class, () -> Slabs.create(factory(source, constructor), 10)));
            assertEquals(1, source.region(source.count() - 1).closes());
            assertEquals(0, onDemand.bytes(), "the segments that it has seen are not counted");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable planted) throws T {
        throw (T) planted;
    }

    @Test
    void aFailedCloseOfTheRegionIsSuppressedInTheException() {
        RuntimeException refusal = new UnsupportedOperationException("planted");
        IllegalArgumentException planted = new IllegalArgumentException("planted");
        SlabFactory factory = factory(source, segment -> {
            source.region(0).refuseToClose(refusal);
            throw planted;
        });
        assertSame(planted, assertThrows(IllegalArgumentException.class, () -> Slabs.create(factory, 10)));
        assertSame(refusal, planted.getSuppressed()[0]);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1279, -128, 0, 128, 1279})
    void aSlabThatOverlapsAnotherIsRefused(long distance) {
        Slab other = Slabs.at(1 << 20, geometry, 10);
        Slab slab = Slabs.at((1 << 20) + distance, geometry, 10);
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> SlabOverlap.check(slab, other));
        assertTrue(refused.getMessage().contains("0x" + Long.toHexString(slab.base())), refused.getMessage());
        assertTrue(refused.getMessage().contains("0x100000"), refused.getMessage());
    }

    @Test
    void aSlabInsideOrAroundAnotherIsRefused() {
        Slab large = Slabs.at(1 << 20, geometry, 100);
        Slab small = Slabs.at((1 << 20) + 1280, geometry, 1);
        assertThrows(IllegalStateException.class, () -> SlabOverlap.check(small, large));
        assertThrows(IllegalStateException.class, () -> SlabOverlap.check(large, small));
    }

    @Test
    void adjacentSlabsDoNotOverlap() {
        Slab slab = Slabs.at(1 << 20, geometry, 10);
        List<Slab> others = List.of(Slabs.at((1 << 20) - 1280, geometry, 10), Slabs.at((1 << 20) + 1280, geometry, 10));
        for (Slab other : others) {
            assertDoesNotThrow(() -> SlabOverlap.check(slab, other));
        }
    }
}
