package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.FakeSource;
import org.junit.jupiter.api.Test;

/** What a trim finds unused, and gives back. Slabs of 100 objects. */
class UnusedSlabsTest {
    private final FakeSource source = new FakeSource();

    @Test
    void unusedObjectsAreTheFewestFreeOnesSinceTheLastLook() {
        SlabSupply supply = new SlabSupply(new SlabGeometry(64, 64, 6400, Long.MAX_VALUE), source);
        long[] some = new long[70];
        supply.refill(some, 0, 70);
        assertEquals(0, supply.shrinking().takeUnused(), "there were none at first");
        assertEquals(30, supply.shrinking().takeUnused());
        supply.flush(some, 0, 70);
        assertEquals(30, supply.shrinking().takeUnused());
        assertEquals(100, supply.shrinking().takeUnused());
        supply.free(supply.takeFree());
        assertEquals(99, supply.shrinking().takeUnused());
    }

    @Test
    void aTrimGivesOneEmptySlabBackUnlessItHasTooManyObjects() {
        SlabSupply supply = new SlabSupply(new SlabGeometry(64, 64, 6400, Long.MAX_VALUE), source);
        while (supply.counts().slabs() < 3) {
            supply.grower().reserve(Long.MAX_VALUE);
        }
        long used = supply.takeFree();
        assertEquals(0, supply.shrinking().trim(99));
        assertEquals(100, supply.shrinking().trim(250));
        assertEquals(100, supply.shrinking().trim(150));
        assertEquals(0, supply.shrinking().trim(Long.MAX_VALUE), "the last slab has an object in use");
        assertEquals(1, source.open());
        supply.free(used);
        supply.validate();
    }
}
