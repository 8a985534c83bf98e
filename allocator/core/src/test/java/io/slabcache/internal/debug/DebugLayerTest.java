package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.Collector;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The debug layer keeps an account of every object: live, quarantined or free. A refused call changes nothing, and the
 * records of a slab go with the slab. {@link DebugLayerDamageTest} covers what the layer finds.
 */
class DebugLayerTest {
    private final Planted planted = new Planted(Planted.ALL, 18, 8, 300);

    @Test
    void anObjectIsLiveUntilItIsFreed() {
        SlabObject object = planted.allocate();
        planted.assertClean(1, 0);
        Release release = planted.free(object);
        assertEquals(-1, release.refused());
        planted.assertClean(0, 1);
        assertEquals(1, planted.layer.counts().frees());
    }

    @Test
    void aBulkFreeWithABadEntryFreesNothing() {
        SlabObject first = planted.allocate();
        SlabObject second = planted.allocate();
        SlabObject free = new SlabObject(planted.slab(), 77);
        assertEquals(2, planted.free(first, second, free).refused());
        assertEquals(2, planted.free(first, second, first).refused());
        assertEquals(0, planted.layer.counts().frees());
        planted.assertClean(2, 0);
        assertEquals(-1, planted.free(first, second).refused());
        planted.assertClean(0, 2);
    }

    @Test
    void anUndoneAllocationLeavesAFreeObject() {
        SlabObject object = planted.allocate();
        planted.layer.undo(object.slab(), object.index());
        planted.supply.flush(new long[] {object.address()}, 0, 1);
        planted.assertClean(0, 0);
        assertEquals(0, planted.layer.counts().frees());
    }

    @Test
    void withoutPoisonAFreeObjectGoesBackAtOnce() {
        Planted planted = new Planted(Planted.NONE, 18, 8, 300);
        SlabObject object = planted.allocate();
        assertEquals(object.address(), planted.free(object).leaving()[0]);
        planted.assertClean(0, 0);
    }

    @Test
    void theQuarantineReturnsTheOldest() {
        SlabObject first = planted.allocate();
        planted.free(first);
        SlabObject second = planted.allocate();
        assertFalse(first.equals(second));
        planted.free(second);
        assertEquals(first, planted.layer.takeQuarantined());
        assertEquals(List.of(), planted.layer.handOut(first, null).damages());
        assertEquals(second, planted.layer.takeQuarantined());
        assertNull(planted.layer.takeQuarantined());
        assertEquals(List.of(), planted.layer.handOut(second, null).damages());
        planted.assertClean(2, 0);
    }

    @Test
    void aLeasedObjectIsNotFreed() {
        SlabObject leased = planted.allocate();
        SlabObject plain = planted.allocate();
        LeaseMarks.begin(leased.slab().liveBytes(), leased.slab().place(leased.address()));
        assertEquals(1, planted.free(plain, leased).refused());
        planted.assertClean(2, 0);
        assertTrue(
                LeaseMarks.endIfLeased(leased.slab().liveBytes(), leased.slab().place(leased.address())));
        assertEquals(-1, planted.free(plain, leased).refused());
        planted.assertClean(0, 2);
    }

    @Test
    void aFreeEndsTheGenerationOfAnObject() {
        SlabObject object = planted.allocate();
        int generation = Generations.renew(
                object.slab().liveBytes(),
                object.slab().createGenerations(),
                object.slab().place(object.address()));
        planted.free(object);
        assertFalse(
                Generations.isLive(object.slab().generations(), object.slab().place(object.address()), generation));
    }

    @Test
    void theRecordsOfASlabAreCollectedWithIt() {
        planted.free(planted.allocate());
        planted.supply.flush(new long[] {planted.layer.takeQuarantined().address()}, 0, 1);
        long before = planted.layer.counts().heapBytes();
        assertTrue(before > 300, before + " bytes");
        WeakReference<Slab> slab = new WeakReference<>(planted.slab());
        planted.supply.shrink();
        assertEquals(0, planted.layer.counts().heapBytes());
        assertTrue(Collector.clears(slab));
    }

    @Test
    void theRecordsOfADepartedSlabAreNotCounted() {
        SlabObject object = planted.allocate();
        planted.free(object);
        planted.supply.flush(new long[] {planted.layer.takeQuarantined().address()}, 0, 1);
        planted.supply.shrink();
        assertFalse(planted.layer.isLive(object));
        SlabObject other = planted.take();
        planted.supply.putBack(other.address());
        planted.supply.shrink();
        assertFalse(planted.layer.isLive(other), "first query of an object in a departed slab");
        assertEquals(0, planted.layer.counts().heapBytes());
    }

    @Test
    void aClosedLayerKeepsNoObject() {
        SlabObject first = planted.allocate();
        SlabObject second = planted.allocate();
        planted.free(first);
        planted.layer.close();
        assertEquals(0, planted.layer.counts().quarantined());
        assertEquals(1, planted.free(second).leaving().length);
    }
}
