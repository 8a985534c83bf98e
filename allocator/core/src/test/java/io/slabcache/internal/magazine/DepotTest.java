package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A depot is a bounded stack of full magazines and a supply of empty ones. Exchanges keep every object, count
 * contention, and let magazines and the bound adapt to the load.
 */
@Timeout(30)
class DepotTest extends DepotUser {
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
        Depot depot = new Depot(
                new CountedLock(), new WorkingSet(MAX_FULL, MAX_FULL), Fixtures.size(CAPACITY, CAPACITY), capacity -> {
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
        Depot adapting =
                new Depot(new CountedLock(), new WorkingSet(2, 4), Fixtures.size(CAPACITY, CAPACITY), Magazine::new);
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
        Depot growing = new Depot(
                new CountedLock(), new WorkingSet(4, 4), Fixtures.size(CAPACITY, 2 * CAPACITY), Magazine::new);
        for (int i = 0; i < 32; i++) {
            assertTrue(growing.giveFull(full.get(0)));
            assertSame(full.get(0), growing.takeFull());
        }
        assertEquals(2 * CAPACITY, growing.counts().magazineCapacity());
    }
}
