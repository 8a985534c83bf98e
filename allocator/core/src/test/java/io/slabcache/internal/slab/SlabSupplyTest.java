package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.FakeSource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A supply adds slabs when no object is free, up to its bound, and gives empty ones back. A growth that fails changes
 * nothing.
 */
@Timeout(30)
class SlabSupplyTest {
    private final FakeSource source = new FakeSource();

    /** Slabs of 100 objects. */
    private SlabSupply supply(long maxObjects, Consumer<MemorySegment> constructor) {
        return new SlabSupply(
                new SlabGeometry(64, 64, 6400, maxObjects), source, slab -> {}, Optional.ofNullable(constructor));
    }

    private final SlabSupply unbounded = supply(Long.MAX_VALUE, null);

    private static long[] refill(SlabSupply supply, int count) {
        long[] taken = new long[count];
        assertEquals(count, supply.refill(taken, 0, count));
        return taken;
    }

    @Test
    void aNewSupplyHasNoSlab() {
        assertEquals(0, unbounded.counts().slabs());
        assertEquals(0, source.count());
        assertEquals(List.of(), unbounded.slabs());
        assertTrue(unbounded.isOpen());
        unbounded.validate();
    }

    @Test
    void aRefillGrowsByOneSlabWhenNothingIsFree() {
        refill(unbounded, 1);
        assertEquals(1, source.count());
        refill(unbounded, 99);
        assertEquals(1, source.count());
        refill(unbounded, 1);
        assertEquals(2, source.count());
        SlabCounts counts = unbounded.counts();
        assertEquals(200, counts.totalObjects());
        assertEquals(99, counts.freeObjects());
        assertEquals(12_800, counts.reservedBytes());
        assertEquals(3, counts.refills());
        unbounded.validate();
    }

    @Test
    void aRefillGivesWhatIsFreeAndDoesNotGrowForTheRest() {
        refill(unbounded, 90);
        assertEquals(10, unbounded.refill(new long[50], 20, 30));
        assertEquals(1, source.count());
    }

    @Test
    void aRefillFromFreeNeverGrows() {
        assertEquals(0, unbounded.refillFromFree(new long[10], 0, 10));
        assertEquals(0, source.count());
        unbounded.free(refill(unbounded, 1)[0]);
        assertEquals(10, unbounded.refillFromFree(new long[10], 0, 10));
    }

    @Test
    void takeOneBypassesTheMagazines() {
        Addresses taken = new Addresses();
        for (int i = 0; i < 150; i++) {
            taken.add(unbounded.takeOne());
        }
        for (long address; (address = firstFree()) != 0; ) {
            taken.add(address);
        }
        taken.assertHoldsEachOnce(unbounded.slabs().stream().flatMapToLong(Slabs::addresses));
        assertEquals(2, source.count());
    }

    private long firstFree() {
        long[] one = new long[1];
        return unbounded.refillFromFree(one, 0, 1) == 0 ? 0 : one[0];
    }

    @Test
    void theBoundIsReachedExactlyAndNotPassed() {
        SlabSupply supply = supply(250, null);
        for (int i = 0; i < 250; i++) {
            assertNotEquals(0, supply.takeOne());
        }
        assertEquals(0, supply.takeOne());
        assertEquals(0, supply.refill(new long[10], 0, 10));
        assertEquals(3, source.count());
        assertEquals(
                List.of(50, 100, 100),
                supply.slabs().stream().map(Slab::objects).sorted().toList());
        long address = supply.slabs().get(1).address(30);
        supply.free(address);
        assertEquals(address, supply.takeOne());
        assertEquals(0, supply.takeOne());
        supply.validate();
    }

    @Test
    void everyObjectIsFoundByItsAddress() {
        for (long address : refill(unbounded, 100)) {
            Slab slab = unbounded.index().find(address);
            assertSame(unbounded.slabs().get(0), slab);
            assertTrue(slab.startsAt(address));
        }
        assertEquals(64, unbounded.geometry().stride());
        assertTrue(unbounded.counts().heapBytes() > 100);
    }

    @Test
    void aGrowthWithoutMemoryChangesNothingAndTheNextMaySucceed() {
        refill(unbounded, 100);
        SlabCounts before = unbounded.counts();
        OutOfMemoryError planted = new OutOfMemoryError("planted");
        source.failOnce(planted);
        assertSame(planted, assertThrows(OutOfMemoryError.class, unbounded::takeOne));
        source.failOnce(planted);
        assertSame(planted, assertThrows(OutOfMemoryError.class, () -> unbounded.refill(new long[5], 0, 5)));
        assertEquals(before, unbounded.counts());
        unbounded.validate();
        assertTrue(unbounded.index().find(unbounded.takeOne()) != null);
        assertEquals(2, source.open());
    }

    @Test
    void aConstructorThatThrowsChangesNothingAndTheNextMaySucceed() {
        RuntimeException planted = new IllegalArgumentException("planted");
        int[] runs = new int[1];
        SlabSupply supply = supply(Long.MAX_VALUE, segment -> {
            if (++runs[0] == 50) {
                throw planted;
            }
        });
        assertSame(planted, assertThrows(IllegalArgumentException.class, supply::takeOne));
        assertEquals(0, supply.counts().slabs());
        assertEquals(0, source.open());
        refill(supply, 100);
        assertEquals(150, runs[0]);
        supply.validate();
    }

    @Test
    void aSourceThatGivesTheSameMemoryTwiceIsRefused() {
        SlabGeometry geometry = new SlabGeometry(64, 64, 6400, Long.MAX_VALUE);
        List<FakeSource.FakeRegion> views = new ArrayList<>();
        MemorySegment memory = source.allocate(6400, 64).segment();
        SlabSupply supply = new SlabSupply(geometry, (bytes, alignment) -> {
            views.add(source.view(memory));
            return views.get(views.size() - 1);
        });
        refill(supply, 100);
        SlabCounts before = supply.counts();
        assertThrows(IllegalStateException.class, supply::takeOne);
        assertEquals(before, supply.counts());
        assertFalse(views.get(0).isClosed());
        // Closing the second view could end the memory of the live slab.
        assertFalse(views.get(1).isClosed());
        supply.validate();
    }

    @Test
    void aShrinkGivesEmptySlabsBackAndKeepsTheOthers() {
        long[] first = refill(unbounded, 100);
        long[] second = refill(unbounded, 100);
        assertEquals(0, unbounded.shrink());
        unbounded.flush(first, 0, 100);
        unbounded.flush(second, 0, 99);
        assertEquals(6400, unbounded.shrink());
        assertEquals(1, source.region(0).closes());
        assertFalse(source.region(1).isClosed());
        assertEquals(1, unbounded.counts().slabs());
        assertSame(null, unbounded.index().find(first[0]));
        unbounded.free(second[99]);
        assertEquals(6400, unbounded.shrink());
        assertEquals(0, unbounded.shrink());
        assertEquals(0, unbounded.counts().reservedBytes());
        unbounded.validate();
        refill(unbounded, 1);
        assertEquals(3, source.count());
    }
}
