package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Fields;
import org.junit.jupiter.api.Test;

/**
 * The validation of a list finds each contradiction that a test plants between the list, its chains, the index and the
 * slabs.
 */
class SlabListValidationTest {
    private static final SlabGeometry GEOMETRY = Slabs.geometry(64);
    private final SlabIndex index = new SlabIndex(GEOMETRY.granuleShift());
    private final SlabList list = new SlabList(index, new CountedLock());

    private Slab add(long address, int objects) {
        Slab slab = Slabs.at(address, GEOMETRY, objects);
        list.add(slab);
        return slab;
    }

    private long[] take(int count) {
        long[] taken = new long[count];
        assertEquals(count, list.take(taken, 0, count));
        return taken;
    }

    private void assertFindsCorruption() {
        assertThrows(AssertionError.class, list::validate);
    }

    @Test
    void validateFindsAnObjectTakenWithoutTheList() {
        add(0x10000, 10).freeMap.take(new long[1], 0, 1);
        assertFindsCorruption();
    }

    @Test
    void validateFindsAnObjectPutBackWithoutTheList() {
        Slab slab = add(0x10000, 10);
        slab.freeMap.put(slab.indexOf(take(5)[0]));
        assertFindsCorruption();
    }

    @Test
    void validateFindsASlabOnAWrongChain() {
        new SlabChain<Slab>().accept(add(0x10000, 10).link);
        assertFindsCorruption();
    }

    @Test
    void validateFindsASlabThatTheIndexForgot() {
        Slab slab = add(0x10000, 10);
        add(0x20000, 10);
        index.remove(slab);
        assertFindsCorruption();
    }

    @Test
    void validateFindsASlabThatTheListDoesNotKnow() {
        add(0x10000, 10);
        index.add(Slabs.at(0x20000, GEOMETRY, 10));
        assertFindsCorruption();
    }

    @Test
    void validateFindsAWrongSum() throws Exception {
        add(0x10000, 10);
        Fields.set(list.sums, "freeObjects", 9L);
        assertFindsCorruption();
        Fields.set(list.sums, "freeObjects", 10L);
        list.validate();
        Fields.set(list.sums, "totalObjects", 11L);
        assertFindsCorruption();
    }
}
