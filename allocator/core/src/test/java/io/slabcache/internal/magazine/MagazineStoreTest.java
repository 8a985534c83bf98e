package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The store fetches magazines from the depot, the slabs or dead threads, in that order, and disposes of them to the
 * depot or the slabs. No object is lost when a step fails.
 */
@Timeout(30)
class MagazineStoreTest {
    private static final int CAPACITY = 10;
    private static final int MAX_FULL = 2;

    private final FakeSource source = new FakeSource();
    private final SlabSupply supply = Fixtures.supply(source, 150);
    private final Depot depot = Fixtures.depot(CAPACITY, MAX_FULL);
    private final MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE);
    private final Fixtures.Parts parts = Fixtures.parts(depot, supply, budget);
    private final ThreadCaches caches = parts.caches();
    private final MagazineStore store = parts.store();

    private Magazine full() {
        return Fixtures.magazine(CAPACITY, Fixtures.refill(supply, CAPACITY));
    }

    /** A thread takes objects and ends with them in its magazines. */
    private void leaveBehind(int objects) throws Exception {
        Threads.onAnother(() -> {
            ThreadCache cache = Fixtures.withMagazines(caches.register(Thread.currentThread()), CAPACITY);
            for (long address : Fixtures.refill(supply, objects)) {
                assertTrue(cache.swapToPush() && cache.push(address));
            }
            return null;
        });
    }

    @Test
    void aFullMagazineOfTheDepotComesFirst() {
        Magazine full = full();
        depot.giveFull(full);
        long refills = supply.counts().refills();
        assertSame(full, store.fetch(CAPACITY));
        assertEquals(refills, supply.counts().refills());
    }

    @Test
    void withoutAFullMagazineOneIsFilledFromTheSlabs() {
        Magazine fetched = store.fetch(CAPACITY);
        assertEquals(CAPACITY, fetched.size);
        assertEquals(90, supply.counts().freeObjects());
        assertEquals(1, source.count());
    }

    @Test
    void aMagazineMayComePartlyFilled() {
        Fixtures.refill(supply, 146);
        assertEquals(4, store.fetch(CAPACITY).size);
    }

    @Test
    void atTheBoundNothingIsFetchedAndTheEmptyMagazineKept() {
        Fixtures.refill(supply, 150);
        assertNull(store.fetch(CAPACITY));
        assertEquals(1, depot.counts().empty());
    }

    @Test
    void objectsOfDeadThreadsAreReusedBeforeTheCacheGrows() throws Exception {
        leaveBehind(15);
        Fixtures.refill(supply, 85);
        assertEquals(CAPACITY, store.fetch(CAPACITY).size);
        assertEquals(1, source.count());
        assertEquals(5, supply.counts().freeObjects());
    }

    @Test
    void aFillStopsAtTheRequestedNumber() {
        Magazine magazine = new Magazine(CAPACITY);
        store.fill(magazine, 3);
        assertEquals(3, magazine.size);
        assertEquals(97, supply.counts().freeObjects());
    }

    @Test
    void aFillThatFailsLosesNoObject() {
        Magazine magazine = new Magazine(CAPACITY);
        source.failOnce(new OutOfMemoryError("planted"));
        assertThrows(OutOfMemoryError.class, () -> store.fill(magazine, CAPACITY));
        assertEquals(0, magazine.size);
        store.fill(magazine, CAPACITY);
        assertEquals(CAPACITY, magazine.size);
        supply.validate();
    }

    @Test
    void aFullMagazineIsDisposedOfToTheDepot() {
        store.dispose(full());
        assertEquals(1, depot.counts().full());
        assertEquals(0, supply.counts().flushes());
    }

    @Test
    void aFullMagazineBeyondTheLimitIsFlushed() {
        for (int i = 0; i <= MAX_FULL; i++) {
            store.dispose(full());
        }
        assertEquals(MAX_FULL, depot.counts().full());
        assertEquals(1, depot.counts().empty());
        assertEquals(100 - MAX_FULL * CAPACITY, supply.counts().freeObjects());
    }

    @Test
    void aMagazineThatIsPartlyFilledIsFlushed() {
        Magazine magazine = full();
        magazine.size = 7;
        store.dispose(magazine);
        assertEquals(0, magazine.size);
        assertEquals(97, supply.counts().freeObjects());
        assertEquals(new DepotCounts(0, 1, 0, CAPACITY, 0, 0, 0, CAPACITY), depot.counts());
    }

    @Test
    void anEmptyMagazineIsDisposedOfWithoutAFlush() {
        store.dispose(new Magazine(CAPACITY));
        store.empty(new Magazine(CAPACITY));
        assertEquals(0, supply.counts().flushes());
        assertEquals(1, depot.counts().empty());
    }

    @Test
    void aMagazineWithoutCapacityIsNotKeptAsAFullOne() {
        store.dispose(new Magazine(0));
        assertEquals(new DepotCounts(0, 0, 0, 0, 0, 0, 0, CAPACITY), depot.counts());
    }

    @Test
    void theCachesOfDeadThreadsAreEmptiedOnce() throws Exception {
        leaveBehind(15);
        leaveBehind(3);
        assertEquals(82, supply.counts().freeObjects());
        assertTrue(store.retireDead());
        assertEquals(100, supply.counts().freeObjects());
        assertFalse(store.retireDead());
        supply.validate();
    }

    @Test
    void theSpareObjectOfADeadThreadComesBackToo() throws Exception {
        long address = Fixtures.refill(supply, 1)[0];
        Threads.onAnother(() -> Fixtures.withMagazines(caches.register(Thread.currentThread()), CAPACITY)
                .keep(supply.find(address), address));
        assertTrue(store.retireDead());
        assertEquals(100, supply.counts().freeObjects());
        supply.validate();
    }

    @Test
    void oneObjectComesOutOfSlabsThenTheDepotThenDeadThreads() throws Exception {
        leaveBehind(1);
        depot.giveFull(full());
        Fixtures.refill(supply, 100 - 1 - CAPACITY - 1);
        assertNotEquals(0, store.takeOne());
        assertEquals(CAPACITY, depot.counts().objects());
        for (int i = 0; i < CAPACITY; i++) {
            assertNotEquals(0, store.takeOne());
        }
        assertEquals(0, depot.counts().objects());
        assertEquals(1, source.count());
        assertNotEquals(0, store.takeOne());
        assertEquals(1, source.count(), "the object of the dead thread");
        assertNotEquals(0, store.takeOne());
        assertEquals(2, source.count());
    }
}
