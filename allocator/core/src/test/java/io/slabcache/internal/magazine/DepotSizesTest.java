package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The depot keeps magazines of one size, and pours objects from and to those of other sizes. */
@Timeout(30)
class DepotSizesTest extends DepotUser {
    @Test
    void aFullMagazineOfASmallerSizeIsPouredIntoTheEmptyOne() {
        depot.giveFull(full.get(0));
        Magazine larger = new Magazine(2 * CAPACITY);
        assertSame(larger, depot.exchangeForFull(larger));
        assertEquals(CAPACITY, larger.size);
        assertEquals(0, full.get(0).size);
        Addresses poured = new Addresses();
        larger.forEach(poured::add);
        poured.assertHoldsEachOnce(LongStream.rangeClosed(1, CAPACITY));
        assertCounts(0, 1, 1, 1);
    }

    @Test
    void aSmallerMagazineIsFilledFromALargerOneWhichStays() {
        depot.giveFull(full.get(0));
        Magazine smaller = new Magazine(CAPACITY - 1);
        assertSame(smaller, depot.exchangeForFull(smaller));
        assertArrayEquals(new long[] {2, 3, 4}, smaller.queue, "the objects at its top");
        assertEquals(1, depot.counts().objects());
        assertEquals(1, depot.counts().full());
        Magazine rest = depot.exchangeForFull(empty);
        assertSame(empty, rest);
        assertEquals(1, rest.size);
        assertCounts(0, 1, 2, 1);
    }

    @Test
    void theObjectsOfASmallMagazineArePouredIntoTheTopOne() {
        Magazine small = Fixtures.magazine(CAPACITY - 2, 1, 2);
        assertSame(small, depot.exchangeForEmpty(small));
        assertEquals(0, small.size);
        assertEquals(2, depot.counts().objects());
        small.size = CAPACITY - 2;
        assertSame(small, depot.exchangeForEmpty(small));
        assertCounts(1, 0, 0, 2);
        Magazine poured = depot.takeFull();
        assertTrue(poured.isFull());
        assertArrayEquals(new long[] {1, 2, 1, 2}, poured.queue);
    }

    @Test
    void aSmallMagazineForWhichTheTopOneHasNoRoomStartsAnotherOne() {
        depot.giveFull(full.get(0));
        depot.giveEmpty(empty);
        Magazine small = Fixtures.magazine(CAPACITY - 1, 1, 2, 3);
        assertSame(small, depot.exchangeForEmpty(small));
        assertSame(empty, depot.takeFull());
        assertEquals(CAPACITY - 1, empty.size);
    }

    /** Other owners come and go, so the size of magazines changes during a call. */
    @Test
    void aSmallMagazineIsPouredIntoOneWithRoomForIt() throws Exception {
        MagazineBudget budget = new MagazineBudget(30, 30, 4 * 61);
        Depot changing = new Depot(
                new CountedLock(), new WorkingSet(MAX_FULL, MAX_FULL), new MagazineSize(budget), Magazine::new);
        AtomicBoolean isOver = new AtomicBoolean();
        Running<Object> others = Threads.start(() -> {
            while (!isOver.get()) {
                budget.enter();
                budget.enter();
                budget.leave();
                budget.leave();
            }
            return null;
        });
        try {
            Magazine hand = Fixtures.magazine(20, LongStream.rangeClosed(1, 20).toArray());
            for (int i = 0; i < 200_000; i++) {
                Magazine empty = changing.exchangeForEmpty(hand);
                if (empty != null) {
                    hand = changing.exchangeForFull(empty);
                }
                assertEquals(20, hand.size);
            }
        } finally {
            isOver.set(true);
            others.result();
        }
    }

    @Test
    void aMagazineThatIsPouredOutIsKeptAsAnEmptyOne() {
        depot.giveFull(full.get(0));
        assertEquals(CAPACITY, depot.exchangeForFull(new Magazine(2 * CAPACITY)).size);
        assertSame(full.get(0), depot.takeEmpty(CAPACITY));
    }

    @Test
    void emptyMagazinesOfTheOwnersSizeAreKeptAndOutgrownOnesDropped() {
        depot.giveEmpty(empty);
        assertEquals(CAPACITY - 1, depot.takeEmpty(CAPACITY - 1).queue.length, "a new magazine");
        assertSame(empty, depot.takeEmpty(CAPACITY));
    }
}
