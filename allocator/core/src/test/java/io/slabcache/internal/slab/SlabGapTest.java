package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Slabs with gaps for redzones, before the first object and between objects: look-ups and construction work as without
 * gaps, and the gaps count as memory of the slab.
 */
class SlabGapTest {
    private final FakeSource source = new FakeSource();

    private Slab slab(SlabGeometry geometry, int objects) {
        return Slabs.create(
                new SlabFactory(
                        geometry, source, slab -> {}, Optional.empty(), new RegionReturns(), new OnDemandHeap()),
                objects);
    }

    @ParameterizedTest
    @CsvSource({"18,8", "1,1", "16,16", "100,64", "4096,4096", "5000,4096"})
    void objectsAndLookUpsIgnoreTheGaps(long size, long alignment) {
        SlabGeometry geometry = new SlabGeometry(size, alignment, 0, Long.MAX_VALUE, 16, false);
        Slab slab = slab(geometry, 100);
        MemorySegment region = slab.memory();
        assertEquals(geometry.regionBytes(100), region.byteSize());
        assertTrue(slab.base() - region.address() >= 16);
        for (int index = 0; index < 100; index++) {
            long address = slab.address(index);
            assertEquals(0, address % alignment);
            assertTrue(slab.startsAt(address));
            assertEquals(index, slab.indexOf(address));
            assertEquals(index, slab.indexOf(address + size + 15));
            MemorySegment handle = slab.handle(address);
            assertEquals(address, handle.address());
            assertEquals(size, handle.byteSize());
            assertTrue(address + size + 16 <= region.address() + region.byteSize());
            handle.fill((byte) index);
        }
        assertFalse(slab.contains(slab.base() - 1));
    }

    @Test
    void theGapBeforeTheFirstObjectBelongsToTheRegion() {
        SlabGeometry geometry = new SlabGeometry(18, 8, 400, Long.MAX_VALUE, 16, false);
        Slab slab = slab(geometry, 10);
        MemorySegment memory = slab.memory();
        SlabFactory overlapping = new SlabFactory(
                geometry,
                (bytes, alignment) ->
                        source.view(source.allocate(bytes + 64, 64).segment()),
                s -> {},
                Optional.empty(),
                new RegionReturns(),
                new OnDemandHeap());
        Slab other = Slabs.create(overlapping, 10);
        SlabOverlap.check(slab, other);
        Slab intruder = Slabs.of(source.view(memory.asSlice(memory.byteSize() - 8)), geometry, 1);
        assertTrue(intruder.base() >= slab.end());
        assertThrows(IllegalStateException.class, () -> SlabOverlap.check(intruder, slab));
    }

    @Test
    void aSlabIsPreparedBeforeItsObjectsAreConstructed() {
        List<Object> seen = new ArrayList<>();
        SlabGeometry geometry = new SlabGeometry(18, 8, 400, Long.MAX_VALUE, 16, false);
        Slab slab = Slabs.create(
                new SlabFactory(
                        geometry, source, seen::add, Optional.of(seen::add), new RegionReturns(), new OnDemandHeap()),
                2);
        assertEquals(3, seen.size());
        assertSame(slab, seen.getFirst());
    }

    @Test
    void aPreparationThatThrowsGivesTheRegionBack() {
        SlabGeometry geometry = new SlabGeometry(18, 8, 400, Long.MAX_VALUE, 16, false);
        RuntimeException planted = new RuntimeException("planted");
        SlabFactory factory = new SlabFactory(
                geometry,
                source,
                slab -> {
                    throw planted;
                },
                Optional.empty(),
                new RegionReturns(),
                new OnDemandHeap());
        assertSame(planted, assertThrows(RuntimeException.class, () -> Slabs.create(factory, 2)));
        assertEquals(0, source.open());
        assertNull(planted.getCause());
    }
}
