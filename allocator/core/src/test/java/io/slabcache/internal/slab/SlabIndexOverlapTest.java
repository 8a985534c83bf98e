package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The index finds a slab that overlaps a new one, compared with a search of all slabs. */
@Timeout(30)
class SlabIndexOverlapTest extends IndexUser {
    @ParameterizedTest
    @EnumSource
    void overlappingSlabsAreFound(SlabLayout layout) {
        for (int i = 0; i < 100; i++) {
            add(layout.slab(i, random));
        }
        for (int i = 0; i < 2000; i++) {
            Slab near = slabs.get(random.nextInt(slabs.size()));
            long address = near.base() + (random.nextInt(4096) - 2048) * 64L;
            Slab other = Slabs.at(address, GEOMETRY, 1 + random.nextInt(10) * random.nextInt(300));
            Slab found = index.overlapping(other);
            assertEquals(slabs.stream().anyMatch(slab -> overlap(slab, other)), found != null);
            assertTrue(found == null || overlap(found, other));
        }
    }

    private static boolean overlap(Slab one, Slab other) {
        return one.base() < other.end() && other.base() < one.end();
    }

    @Test
    void theGapBeforeTheFirstObjectOverlaps() {
        SlabGeometry withGap = new SlabGeometry(64, 64, 65_536, Long.MAX_VALUE, 64, false);
        Slab low = Slabs.at(0x10_0000, withGap, 3);
        index.add(low);
        assertEquals(low, index.overlapping(Slabs.at(0x10_0000 + (low.end() - low.base()), withGap, 3)));
        assertNull(index.overlapping(Slabs.at(0x10_0040 + (low.end() - low.base()), withGap, 3)));
    }
}
