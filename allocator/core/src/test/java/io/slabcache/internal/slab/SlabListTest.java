package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.CountedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A list serves objects from the fullest slabs first and takes them back, in bulk or one by one, compared with a set
 * for random calls. It is validated after each test.
 */
class SlabListTest {
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

    @AfterEach
    void theListIsValid() {
        list.validate();
    }

    @Test
    void anEmptyListGivesNothing() {
        assertEquals(0, list.take(new long[4], 0, 4));
        assertEquals(0, list.takeOne());
        assertEquals(new SlabCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, index.heapBytes()), list.counts());
        assertEquals(List.of(), list.removeEmpty(10, Long.MAX_VALUE));
    }

    @Test
    void oneTakeMayEmptySeveralSlabs() {
        add(0x10000, 10);
        add(0x20000, 10);
        add(0x30000, 10);
        long[] taken = new long[40];
        assertEquals(30, list.take(taken, 5, 35));
        assertEquals(30, new TreeSet<>(List.of(boxed(taken, 5, 30))).size());
        assertEquals(0, taken[4] + taken[35]);
        assertEquals(0, list.counts().freeObjects());
        assertEquals(1, list.counts().refills());
    }

    private static Long[] boxed(long[] addresses, int offset, int count) {
        Long[] boxed = new Long[count];
        for (int i = 0; i < count; i++) {
            boxed[i] = addresses[offset + i];
        }
        return boxed;
    }

    @Test
    void aSlabInUseServesBeforeAnEmptyOne() {
        List<Slab> slabs = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            slabs.add(add(i * 0x10000L, 10));
        }
        Slab used = index.findHidden(list.takeOne());
        for (int i = 0; i < 9; i++) {
            assertSame(used, index.findHidden(list.takeOne()));
        }
        assertTrue(index.findHidden(list.takeOne()) != used);
        assertEquals(3, slabs.stream().filter(slab -> slab.freeMap.isEmpty()).count());
    }

    @Test
    void aFullSlabThatGetsAnObjectBackServesBeforeAnEmptyOne() {
        Slab full = add(0x10000, 10);
        take(10);
        add(0x20000, 10);
        list.free(full.address(4));
        assertEquals(full.address(4), list.takeOne());
    }

    @Test
    void objectsComeBackInBulkOrOneByOne() {
        add(0x10000, 100);
        long[] taken = take(60);
        list.flush(taken, 10, 40);
        assertEquals(80, list.counts().freeObjects());
        list.free(taken[0]);
        list.free(taken[59]);
        SlabCounts counts = list.counts();
        assertEquals(82, counts.freeObjects());
        assertEquals(100, counts.totalObjects());
        assertEquals(1, counts.flushes());
        assertEquals(2, counts.singleFrees());
        assertEquals(0, counts.duplicates());
    }

    @Test
    void anObjectThatComesBackTwiceIsKeptOnce() {
        Slab slab = add(0x10000, 100);
        long[] taken = take(10);
        list.flush(new long[] {taken[0], taken[0], taken[1]}, 0, 3);
        list.free(taken[0]);
        list.free(slab.address(99));
        assertEquals(92, list.counts().freeObjects());
        assertEquals(3, list.counts().duplicates());
    }

    @Test
    void anAddressOfNoSlabIsIgnored() {
        add(0x10000, 10);
        list.flush(new long[] {0, 1, -1, 0x10000 + 640}, 0, 4);
        assertEquals(10, list.counts().freeObjects());
        assertEquals(0, list.counts().duplicates());
    }

    @Test
    void aSlabThatOverlapsIsRefusedAndNothingChanges() {
        add(0x10000, 100);
        SlabCounts before = list.counts();
        Slab overlapping = Slabs.at(0x10040, GEOMETRY, 10);
        assertThrows(IllegalStateException.class, () -> list.add(overlapping));
        assertEquals(before, list.counts());
        assertEquals(1, list.slabs().size());
    }

    @Test
    void onlySlabsWithAllTheirObjectsAreRemovedAsEmpty() {
        Slab used = add(0x10000, 10);
        long[] taken = take(3);
        Slab full = add(0x20000, 1);
        Slab empty = add(0x30000, 10);
        list.removeEmpty(10, Long.MAX_VALUE).forEach(slab -> assertTrue(slab == full || slab == empty));
        assertEquals(List.of(used), list.slabs());
        assertEquals(10, list.counts().totalObjects());
        assertEquals(7, list.counts().freeObjects());
        list.flush(taken, 0, 3);
        assertEquals(List.of(used), list.removeEmpty(10, Long.MAX_VALUE));
        assertEquals(0, list.counts().totalObjects());
    }

    @Test
    void emptySlabsAreRemovedInBatches() {
        for (int i = 1; i <= 10; i++) {
            add(i * 0x10000L, 10);
        }
        long[] taken = take(15);
        assertEquals(3, list.removeEmpty(3, Long.MAX_VALUE).size());
        assertEquals(7, list.counts().slabs());
        assertEquals(5, list.removeEmpty(6, Long.MAX_VALUE).size());
        assertEquals(List.of(), list.removeEmpty(6, Long.MAX_VALUE));
        list.flush(taken, 0, 15);
        assertEquals(20, list.counts().freeObjects());
    }

    @Test
    void objectsAreTakenFromTheFullestSlabs() {
        List<Slab> slabs = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            slabs.add(add(i * 0x10000L, 100));
        }
        take(500);
        // The number of objects to free in each slab.
        int[] free = {90, 70, 40, 20, 100};
        for (int i = 0; i < 5; i++) {
            list.flush(Slabs.addresses(slabs.get(i)).limit(free[i]).toArray(), 0, free[i]);
        }
        for (int next : new int[] {3, 2, 1, 0, 4}) {
            for (long address : take(free[next])) {
                assertSame(slabs.get(next), index.findHidden(address));
            }
        }
    }

    @Test
    void theSlabThatServesGoesOnWhenItsObjectsComeBack() {
        add(0x10000, 100);
        add(0x20000, 100);
        Slab served = index.findHidden(list.takeOne());
        for (int held = 1; held < 100; held++) {
            long address = list.takeOne();
            assertSame(served, index.findHidden(address));
            list.free(address);
            assertSame(served, index.findHidden(list.takeOne()));
            list.validate();
        }
        assertTrue(index.findHidden(list.takeOne()) != served);
    }

    @Test
    void theSlabThatServesIsRemovedWithTheOtherEmptyOnes() {
        add(0x10000, 10);
        add(0x20000, 10);
        list.free(list.takeOne());
        assertEquals(2, list.removeEmpty(10, Long.MAX_VALUE).size());
        assertEquals(0, list.takeOne());
        assertEquals(0, list.counts().totalObjects());
    }

    @Test
    void anAllocationMarksItsObjectIfAsked() {
        Slab slab = add(0x10000, 10);
        long marked = list.allocate(true);
        long unmarked = list.allocate(false);
        assertTrue(slab.isLive(marked));
        assertFalse(slab.isLive(unmarked));
        assertEquals(8, list.counts().freeObjects());
    }

    @Test
    void nothingIsAllocatedWhileACloseIsPending() {
        add(0x10000, 10);
        list.seal(true);
        assertEquals(0, list.allocate(true));
        assertEquals(10, list.counts().freeObjects());
        list.seal(false);
        assertNotEquals(0, list.allocate(true));
    }

    @Test
    void aFreeSaysWhetherTheSlabIsStillThere() {
        add(0x10000, 10);
        long address = list.takeOne();
        list.seal(true);
        assertTrue(list.free(address));
        list.seal(false);
        assertTrue(list.free(list.takeOne()));
        long last = list.takeOne();
        list.removeAll();
        assertFalse(list.free(last));
        assertEquals(0, list.counts().freeObjects());
    }

    @Test
    void theCopyOfManySlabsHasEachOnce() {
        List<Slab> slabs = new ArrayList<>();
        for (int i = 1; i <= 1000; i++) {
            slabs.add(add(i * 0x10000L, 1));
            assertTrue(i > 300 || list.slabs().equals(slabs), "with " + i);
        }
        assertEquals(slabs, list.slabs());
    }

    @Test
    void allSlabsCanBeRemovedWhateverIsLive() {
        add(0x10000, 10);
        add(0x20000, 10);
        long[] taken = take(13);
        assertEquals(2, list.removeAll().size());
        list.flush(taken, 0, 13);
        SlabCounts counts = list.counts();
        assertEquals(0, counts.slabs() + counts.totalObjects() + counts.freeObjects() + counts.reservedBytes());
    }

    @Test
    void theSlabsAreAnIndependentCopy() {
        add(0x10000, 10);
        List<Slab> copy = list.slabs();
        add(0x20000, 10);
        assertEquals(1, copy.size());
        assertThrows(UnsupportedOperationException.class, copy::clear);
    }

    @Test
    void theReservedBytesAreThoseOfTheRegions() {
        Slab slab = Slabs.real(GEOMETRY, 10);
        list.add(slab);
        assertEquals(640, list.counts().reservedBytes());
        assertEquals(index.heapBytes() + SlabHeap.bytes(slab), list.counts().heapBytes());
        list.removeAll();
        assertEquals(index.heapBytes(), list.counts().heapBytes());
        assertEquals(0, list.counts().reservedBytes());
    }

    @Test
    void randomMovesAgreeWithASet() {
        TreeSet<Long> free = new TreeSet<>();
        for (int i = 1; i <= 20; i++) {
            Slabs.addresses(add(i * 0x10000L, i * 10)).forEach(free::add);
        }
        int total = free.size();
        List<Long> out = new ArrayList<>();
        Random random = new Random(5);
        for (int step = 0; step < 2000; step++) {
            int count = random.nextInt(200);
            if (random.nextInt(20) < 11) {
                long[] taken = new long[count];
                int got = list.take(taken, 0, count);
                assertEquals(Math.min(count, free.size()), got);
                for (int i = 0; i < got; i++) {
                    assertTrue(free.remove(taken[i]));
                    out.add(taken[i]);
                }
            } else {
                count = Math.min(count, out.size());
                long[] back = new long[count];
                for (int i = 0; i < count; i++) {
                    back[i] = out.remove(random.nextInt(out.size()));
                    free.add(back[i]);
                }
                list.flush(back, 0, count);
            }
            assertEquals(free.size(), list.counts().freeObjects());
            assertEquals(total, list.counts().totalObjects());
            list.validate();
        }
    }
}
