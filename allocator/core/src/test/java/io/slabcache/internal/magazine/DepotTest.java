package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A depot is a bounded stack of full magazines and a supply of empty ones. Exchanges keep every object, count
 * contention, and let magazines and the bound adapt to the load.
 */
@Timeout(30)
class DepotTest {
    private static final int CAPACITY = 4;
    private static final int MAX_FULL = 3;

    private final Depot depot = Fixtures.depot(CAPACITY, MAX_FULL);
    private final List<Magazine> full = Fixtures.fullMagazines(MAX_FULL + 1, CAPACITY);
    private final Magazine empty = new Magazine(CAPACITY);

    private void assertCounts(int full, int empty, long gets, long puts) {
        long places = (full + empty) * (long) CAPACITY;
        long objects = full * (long) CAPACITY;
        assertEquals(new DepotCounts(full, empty, objects, places, gets, puts, 0, CAPACITY), depot.counts());
    }

    private void fill() {
        for (int i = 0; i < MAX_FULL; i++) {
            assertTrue(depot.giveFull(full.get(i)));
        }
    }

    @Test
    void anEmptyDepotHasNoFullMagazineAndDoesNotTakeTheEmptyOne() {
        assertNull(depot.takeFull());
        assertNull(depot.exchangeForFull(empty));
        assertNull(depot.tryExchangeForFull(empty));
        assertCounts(0, 0, 0, 0);
    }

    @Test
    void anEmptyMagazineIsMadeIfThereIsNone() {
        Magazine made = depot.takeEmpty(CAPACITY);
        assertEquals(CAPACITY, made.queue.length);
        assertEquals(0, made.size);
        assertNotSame(made, depot.takeEmpty(CAPACITY));
    }

    @Test
    void anEmptyMagazineIsExchangedForAFullOne() {
        depot.giveFull(full.get(0));
        assertSame(full.get(0), depot.exchangeForFull(empty));
        assertCounts(0, 1, 1, 1);
        assertSame(empty, depot.takeEmpty(CAPACITY));
    }

    @Test
    void aFullMagazineIsExchangedForAnEmptyOne() {
        depot.giveEmpty(empty);
        assertSame(empty, depot.exchangeForEmpty(full.get(0)));
        assertCounts(1, 0, 0, 1);
        assertSame(full.get(0), depot.takeFull());
    }

    @Test
    void theTryFormsExchangeWhenTheLockIsFree() {
        Magazine made = depot.tryExchangeForEmpty(full.get(0));
        assertEquals(0, made.size);
        assertSame(full.get(0), depot.tryExchangeForFull(empty));
        assertCounts(0, 1, 1, 1);
    }

    @Test
    void theLastFullMagazineGivenIsTheFirstTaken() {
        fill();
        for (int i = MAX_FULL - 1; i >= 0; i--) {
            Magazine taken = depot.takeFull();
            assertSame(full.get(i), taken);
            assertNull(taken.below);
        }
        assertNull(depot.takeFull());
        assertCounts(0, 0, MAX_FULL, MAX_FULL);
    }

    @Test
    void aFullMagazineBeyondTheLimitIsRefused() {
        fill();
        Magazine extra = full.get(MAX_FULL);
        assertFalse(depot.giveFull(extra));
        assertNull(depot.exchangeForEmpty(extra));
        assertNull(depot.tryExchangeForEmpty(extra));
        assertNull(extra.below);
        assertCounts(MAX_FULL, 0, 0, MAX_FULL);
    }

    /** Otherwise the magazine would have two owners, and so would each of its objects. */
    @Test
    void aFullMagazineStaysWithItsOwnerIfThereIsNoRoomForAnEmptyOne() {
        Depot depot = new Depot(new WorkingSet(MAX_FULL, MAX_FULL), Fixtures.size(CAPACITY, CAPACITY), capacity -> {
            throw new OutOfMemoryError("planted");
        });
        DepotCounts before = depot.counts();
        Magazine given = full.get(0);
        assertNull(depot.exchangeForEmpty(given));
        assertNull(depot.tryExchangeForEmpty(given));
        assertEquals(before, depot.counts());
        assertNull(depot.takeFull());
        assertNull(given.below);
        assertTrue(given.isFull());
    }

    @Test
    void emptyMagazinesBeyondTheCapAreDropped() {
        for (int i = 0; i < MAX_FULL + 5; i++) {
            depot.giveEmpty(new Magazine(CAPACITY));
        }
        assertCounts(0, MAX_FULL, 0, 0);
    }

    @Test
    void emptyMagazinesOfAnotherCapacityAreDropped() {
        depot.giveEmpty(new Magazine(CAPACITY + 1));
        depot.giveEmpty(new Magazine(0));
        assertCounts(0, 0, 0, 0);
    }

    @Test
    void aPartlyFilledMagazineIsRefusedAsAFullOne() {
        assertFalse(depot.giveFull(Fixtures.magazine(CAPACITY, 1)));
        assertNull(depot.exchangeForEmpty(empty));
        assertCounts(0, 0, 0, 0);
    }

    @Test
    void aMagazineWithObjectsIsRefusedAsAnEmptyOne() {
        assertThrows(AssertionError.class, () -> depot.giveEmpty(Fixtures.magazine(CAPACITY, 1)));
        assertCounts(0, 0, 0, 0);
    }

    @Test
    void everyObjectInTheDepotIsShownOnce() {
        fill();
        Addresses shown = new Addresses();
        depot.forEach(shown::add);
        shown.assertHoldsEachOnce(LongStream.rangeClosed(1, MAX_FULL * CAPACITY));
    }

    @Test
    void theTryFormsReturnNullWhileAnotherThreadHoldsTheLock() throws Exception {
        depot.giveFull(full.get(0));
        HeldDepot holder = new HeldDepot(depot);
        assertNull(depot.tryExchangeForFull(empty));
        assertNull(depot.tryExchangeForEmpty(full.get(1)));
        holder.letGo();
        assertCounts(1, 0, 0, 1);
    }

    @Test
    void aWaitForTheLockIsCounted() throws Exception {
        depot.giveFull(full.get(0));
        HeldDepot holder = new HeldDepot(depot);
        Running<Magazine> waiter = Threads.start(depot::takeFull);
        waiter.awaitWaiting();
        holder.letGo();
        assertSame(full.get(0), waiter.result());
        assertEquals(1, depot.counts().contendedLocks());
    }

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
        Depot changing = new Depot(new WorkingSet(MAX_FULL, MAX_FULL), new MagazineSize(budget), Magazine::new);
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

    @Test
    void oneObjectComesFromTheSlabsFirst() {
        SlabSupply supply = Fixtures.supply(new FakeSource(), 100);
        depot.giveFull(full.get(0));
        long last = Fixtures.refill(supply, 100)[99];
        supply.putBack(last);
        assertEquals(last, depot.takeOne(supply));
        for (long expected = CAPACITY; expected > 0; expected--) {
            assertEquals(expected, depot.takeOne(supply));
        }
        assertEquals(0, depot.takeOne(supply));
        assertCounts(0, 0, 0, 1);
    }

    @Test
    void drainingMovesEveryObjectToTheSlabs() {
        SlabSupply supply = Fixtures.supply(new FakeSource(), 100);
        depot.giveFull(Fixtures.magazine(CAPACITY, Fixtures.refill(supply, CAPACITY)));
        depot.giveFull(Fixtures.magazine(CAPACITY, Fixtures.refill(supply, CAPACITY)));
        depot.drainTo(supply);
        assertEquals(100, supply.counts().freeObjects());
        assertCounts(0, 2, 0, 2);
        supply.validate();
    }

    @Test
    void theLimitGrowsAfterRefusalsAndMissesAndShrinksWhenMagazinesLieUntouched() {
        Depot adapting = new Depot(new WorkingSet(2, 4), Fixtures.size(CAPACITY, CAPACITY), Magazine::new);
        for (int round = 0; round < 64; round++) {
            full.forEach(adapting::giveFull);
            while (adapting.takeFull() != null) {}
        }
        assertTrue(full.stream().allMatch(adapting::giveFull));
        for (int visit = 0; visit < 5 * 64; visit++) {
            Magazine taken = adapting.takeFull();
            adapting.giveFull(taken);
        }
        assertEquals(2, adapting.counts().full(), "the other magazines were refused");
    }

    @Test
    void aThreadThatTakesBackWhatItGaveMakesMagazinesGrow() {
        Depot growing = new Depot(new WorkingSet(4, 4), Fixtures.size(CAPACITY, 2 * CAPACITY), Magazine::new);
        for (int i = 0; i < 32; i++) {
            assertTrue(growing.giveFull(full.get(0)));
            assertSame(full.get(0), growing.takeFull());
        }
        assertEquals(2 * CAPACITY, growing.counts().magazineCapacity());
    }
}
