package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slabs are found by the numbers of their objects, and by anything else as in any index. */
class NumberedIndexTest {
    private static final long BASE = 1L << 40;
    private static final int UNIT = 16;
    private static final int UNITS = 64;

    private static SlabGeometry geometry(long stride) {
        return new SlabGeometry(stride, 1, UNIT * stride, Long.MAX_VALUE);
    }

    @SuppressWarnings("restricted") // no memory is accessed
    private static NumberedIndex index(SlabGeometry geometry) {
        MemorySegment window = MemorySegment.ofAddress(BASE).reinterpret(UNITS * UNIT * geometry.stride);
        return new NumberedIndex(geometry.granuleShift(), null, geometry, window, UNIT);
    }

    private static Slab slab(SlabGeometry geometry, long unit, int objects) {
        return Slabs.at(BASE + unit * UNIT * geometry.stride, geometry, objects, new OnDemandHeap());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 24, 64, 100, 4104})
    void slabsComeAndGo(long stride) {
        SlabGeometry geometry = geometry(stride);
        NumberedIndex index = index(geometry);
        Slab[] slabs = new Slab[UNITS];
        Random random = new Random(stride);
        for (int step = 0; step < 2_000; step++) {
            int unit = random.nextInt(UNITS);
            if (slabs[unit] == null) {
                slabs[unit] = slab(geometry, unit, random.nextInt(4) == 0 ? UNIT - 3 : UNIT);
                index.add(slabs[unit]);
            } else {
                index.remove(slabs[unit]);
                slabs[unit] = null;
            }
            int other = random.nextInt(UNITS);
            long address = BASE + (other * UNIT + random.nextInt(UNIT - 3)) * stride;
            assertSame(slabs[other], index.find(address));
            assertEquals(slabs[other] != null, index.at(address).hasObjectAt(address));
        }
        index.validate();
    }

    @Test
    void aSlabHasManyUnits() {
        SlabGeometry geometry = geometry(24);
        NumberedIndex index = index(geometry);
        Slab slab = slab(geometry, 3, 5 * UNIT);
        index.add(slab);
        for (int i = 0; i < slab.objects(); i++) {
            assertSame(slab, index.at(slab.address(i)));
            assertFalse(index.at(slab.address(i) + 8).hasObjectAt(slab.address(i) + 8), "no object starts there");
            assertSame(slab, index.find(slab.address(i) + 8), "but it lies in the slab");
        }
        assertFalse(index.at(slab.base() - 24).hasObjectAt(slab.base() - 24));
        assertFalse(index.at(slab.end()).hasObjectAt(slab.end()));
        for (long address : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, BASE - 24, BASE - 1}) {
            assertNull(index.find(address));
            assertFalse(index.at(address).hasObjectAt(address));
        }
        index.validate();
    }

    @Test
    void slabsOutsideOfTheReservationAreFoundToo() {
        SlabGeometry geometry = geometry(64);
        NumberedIndex index = index(geometry);
        Slab inside = slab(geometry, 0, UNIT);
        Slab below = Slabs.at(BASE - 64 * UNIT, geometry, UNIT, new OnDemandHeap());
        Slab above = Slabs.at(BASE + 64 * UNIT * UNITS, geometry, UNIT, new OnDemandHeap());
        List.of(inside, below, above).forEach(index::add);
        List.of(inside, below, above).forEach(slab -> assertSame(slab, index.find(slab.address(5))));
        assertNotSame(below, index.at(below.base()));
        index.validate();
        index.remove(above);
        assertNull(index.find(above.base()));
        assertSame(below, index.find(below.base()));
    }

    @Test
    void whileACloseIsPendingNothingIsFound() {
        SlabGeometry geometry = geometry(64);
        NumberedIndex index = index(geometry);
        Slab slab = slab(geometry, 1, UNIT);
        index.add(slab);
        index.seal(true);
        assertNull(index.find(slab.base()));
        assertFalse(index.at(slab.base()).hasObjectAt(slab.base()));
        assertSame(slab, index.findHidden(slab.base()));
        index.seal(false);
        assertTrue(index.at(slab.base()).hasObjectAt(slab.base()));
    }

    @Test
    void bulkMarksStopAtTheFirstThatIsNone() {
        SlabGeometry geometry = geometry(24);
        NumberedIndex index = index(geometry);
        List<Long> objects = new ArrayList<>();
        for (int unit = 0; unit < UNITS; unit += 2) {
            Slab slab = slab(geometry, unit, UNIT);
            index.add(slab);
            objects.add(slab.address(unit % UNIT));
        }
        long[] addresses = objects.stream().mapToLong(Long::longValue).toArray();
        assertEquals(addresses.length, index.markLive(addresses, 0, addresses.length));
        addresses[7] += 24 * UNIT;
        assertEquals(7, index.markFree(addresses, 0, addresses.length), "no slab there");
        addresses[7] -= 24 * UNIT;
        assertEquals(1, index.markFree(addresses, 1, 2), "free already");
        assertEquals(7, index.markFree(addresses, 7, 7));
        assertEquals(addresses.length, index.markFree(addresses, 7, addresses.length));
    }

    /** Known bad: a slab that the table does not know. */
    @Test
    void aValidationFindsASlabThatHasNoEntry() {
        SlabGeometry geometry = geometry(64);
        NumberedIndex index = index(geometry);
        Slab slab = slab(geometry, 1, UNIT);
        index.add(slab);
        index.validate();
        index.slabs().add(slab(geometry, 9, UNIT));
        assertThrows(AssertionError.class, index::validate);
    }
}
