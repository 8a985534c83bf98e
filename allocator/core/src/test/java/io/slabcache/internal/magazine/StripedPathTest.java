package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Virtual threads share a few stripes of magazines. No stripe is held while the cache grows, an allocation or a free
 * succeeds when all stripes are taken, and no object is lost.
 */
@Timeout(30)
class StripedPathTest {
    private static final int CAPACITY = 4;
    private static final int MAX_FULL = 2;
    private static final int STRIPES = 4;

    private final FakeSource source = new FakeSource();
    private final SlabSupply supply = Fixtures.supply(source, 1000);
    private final Depot depot = Fixtures.depot(CAPACITY, MAX_FULL);
    private final StripedPath path = path(new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE));

    private StripedPath path(MagazineBudget budget) {
        return Fixtures.parts(depot, supply, budget).path(STRIPES);
    }

    private List<Long> allocate(int count) {
        List<Long> allocated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            allocated.add(path.allocate());
        }
        return allocated;
    }

    /** No stripe is held while the cache grows: a first slab is made for a single object. */
    private void makeSlab() {
        assertNotEquals(0, path.allocate());
        assertEquals(1, source.count());
        assertEquals(0, cached());
    }

    private int cached() {
        return path.all().stream().mapToInt(ThreadCache::cached).sum();
    }

    private void holdAll() {
        path.allocateCached();
        path.all().forEach(stripe -> assertTrue(stripe.tryHold()));
    }

    @Test
    void theStripesAreMadeForTheFirstThread() {
        assertEquals(List.of(), path.all());
        path.allocateCached();
        List<ThreadCache> made = path.all();
        assertTrue(made.size() > 0);
        path.allocate();
        assertSame(made, path.all());
    }

    @Test
    void theLoadedMagazineOfAStripeServesUntilItIsEmptyOrFull() {
        assertEquals(0, path.pop());
        assertFalse(path.push(64));
        assertEquals(List.of(), path.all(), "made by the first thread that needs them");
        makeSlab();
        long address = path.allocate();
        assertEquals(CAPACITY - 1, cached());
        assertTrue(path.push(address));
        assertFalse(path.push(64), "the magazine is full");
        assertEquals(address, path.pop(), "the object freed last is popped first");
        for (int left = CAPACITY - 1; left > 0; left--) {
            assertEquals(left, cached());
            assertNotEquals(0, path.pop());
        }
        assertEquals(0, path.pop());
        path.all().forEach(stripe -> assertTrue(stripe.tryHold(), "no stripe was kept"));
        assertEquals(0, path.pop());
        assertFalse(path.push(address));
    }

    @Test
    void theRestOfARefillServesTheNextAllocations() {
        makeSlab();
        List<Long> allocated = allocate(CAPACITY);
        assertEquals(CAPACITY, Set.copyOf(allocated).size());
        assertEquals(0, cached());
        assertEquals(1, supply.counts().refills());
        path.allocate();
        assertEquals(CAPACITY - 1, cached());
    }

    @Test
    void aFreedObjectIsTheNextToBeAllocated() {
        long address = allocate(3).get(1);
        path.free(address);
        assertEquals(address, path.allocate());
    }

    @Test
    void aStripeThatIsFullGivesAMagazineToTheDepot() {
        List<Long> allocated = allocate(2 * CAPACITY + 1);
        path.drain();
        depot.takeFull();
        long free = supply.counts().freeObjects();
        allocated.forEach(path::free);
        assertEquals(1, depot.counts().full());
        assertEquals(CAPACITY + 1, cached());
        assertEquals(free, supply.counts().freeObjects());
    }

    @Test
    void aDepotThatIsFullSendsTheMagazineToTheSlabs() {
        List<Long> allocated = allocate((MAX_FULL + 2) * CAPACITY + 1);
        path.drain();
        long free = supply.counts().freeObjects();
        allocated.forEach(path::free);
        assertEquals(MAX_FULL, depot.counts().full());
        assertEquals(free + CAPACITY, supply.counts().freeObjects());
        assertEquals(CAPACITY + 1, cached());
        assertEquals(0, supply.counts().singleFrees());
    }

    @Test
    void theDepotServesBeforeTheSlabs() {
        Magazine full = Fixtures.magazine(CAPACITY, Fixtures.refill(supply, CAPACITY));
        depot.giveFull(full);
        assertEquals(full.queue[CAPACITY - 1], path.allocate());
        assertEquals(1, depot.counts().gets());
        assertEquals(1, depot.counts().empty());
    }

    @Test
    void anAllocationThatMayNotWaitGetsOnlyCachedObjects() {
        assertEquals(0, path.allocateCached());
        assertEquals(0, source.count());
        depot.giveFull(Fixtures.magazine(CAPACITY, Fixtures.refill(supply, CAPACITY)));
        for (int i = 0; i < CAPACITY; i++) {
            assertNotEquals(0, path.allocateCached());
        }
        assertEquals(0, path.allocateCached());
        assertEquals(1, supply.counts().refills());
    }

    @Test
    void anAllocationThatMayNotWaitGetsNothingWhileTheDepotIsLocked() throws Exception {
        depot.giveFull(Fixtures.magazine(CAPACITY, Fixtures.refill(supply, CAPACITY)));
        HeldDepot holder = new HeldDepot(depot);
        assertEquals(0, path.allocateCached());
        holder.letGo();
        assertNotEquals(0, path.allocateCached());
    }

    @Test
    void whileAllStripesAreTakenAllocationsAreServedFromTheSlabs() {
        holdAll();
        assertEquals(0, path.allocateCached());
        List<Long> allocated = allocate(10);
        assertEquals(10, Set.copyOf(allocated).size());
        assertEquals(90, supply.counts().freeObjects());
        assertEquals(0, cached());
        supply.validate();
    }

    @Test
    void whileAllStripesAreTakenObjectsAreFreedToTheSlabs() {
        makeSlab();
        long address = path.allocate();
        int cached = cached();
        holdAll();
        long free = supply.counts().freeObjects();
        path.free(address);
        assertEquals(free + 1, supply.counts().freeObjects());
        assertEquals(1, supply.counts().singleFrees());
        assertEquals(cached - 1, cached(), "allocateCached took one");
    }

    @Test
    void aStripeIsReturnedAfterEveryCall() {
        List<Long> allocated = allocate(50);
        allocated.forEach(path::free);
        path.allocateCached();
        path.drain();
        path.all().forEach(stripe -> assertTrue(stripe.tryHold()));
    }

    /** Otherwise each virtual thread could have a magazine in transit, which is far more than the budget allows. */
    @Test
    void noMagazineIsFetchedWithoutAStripe() {
        makeSlab();
        holdAll();
        long cached = cached();
        long free = supply.counts().freeObjects();
        path.allocate();
        assertEquals(free - 1, supply.counts().freeObjects());
        assertEquals(cached, cached());
        assertEquals(0, depot.counts().objects());
    }

    @Test
    void theBudgetLimitsTheCapacityOfAStripe() {
        MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, 4 * 3);
        StripedPath tight = path(budget);
        for (int i = 0; i < 50; i++) {
            tight.allocate();
        }
        assertEquals(1, tight.all().stream().mapToInt(ThreadCache::capacity).sum());
        assertFalse(budget.isLeft(0, 3));
    }

    @Test
    void atTheBoundNoObjectIsAllocated() {
        List<Long> allocated = allocate(1000);
        assertEquals(1000, new HashSet<>(allocated).size());
        assertEquals(0, path.allocate());
        assertEquals(0, path.allocateCached());
        path.free(allocated.get(7));
        assertEquals(allocated.get(7), path.allocate());
        supply.validate();
    }

    @Test
    void withoutABudgetEveryCallGoesToTheSlabs() {
        StripedPath bare = path(new MagazineBudget(CAPACITY, CAPACITY, 7));
        long address = bare.allocate();
        assertEquals(99, supply.counts().freeObjects());
        assertEquals(0, bare.allocateCached());
        bare.free(address);
        assertEquals(100, supply.counts().freeObjects());
        assertEquals(1, supply.counts().singleFrees());
        bare.drain();
        bare.all().forEach(stripe -> assertEquals(0, stripe.capacity()));
    }

    @Test
    void drainingSkipsAStripeInUse() {
        makeSlab();
        allocate(1);
        assertEquals(CAPACITY - 1, cached());
        ThreadCache used = path.all().stream()
                .filter(stripe -> stripe.cached() > 0)
                .findAny()
                .orElseThrow();
        assertTrue(used.tryHold());
        path.drain();
        assertEquals(CAPACITY - 1, cached());
        used.release();
        path.drain();
        assertEquals(0, cached());
        assertEquals(98, supply.counts().freeObjects() + depot.counts().full() * CAPACITY);
    }

    @Test
    void virtualThreadsConserveEveryObject() throws Exception {
        Addresses live = new Addresses();
        Threads.togetherVirtual(100, number -> {
            Random random = new Random(number);
            List<Long> mine = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                if (mine.size() < 5 && random.nextBoolean()) {
                    mine.add(path.allocate());
                } else if (!mine.isEmpty()) {
                    path.free(mine.remove(random.nextInt(mine.size())));
                }
                if (step % 50 == 0) {
                    Thread.yield();
                }
            }
            mine.forEach(live::add);
        });
        path.all().forEach(stripe -> stripe.forEach(live::add));
        depot.forEach(live::add);
        for (long[] one = new long[1]; supply.refillFromFree(one, 0, 1) > 0; ) {
            live.add(one[0]);
        }
        live.assertHoldsEachOnce(Fixtures.objects(supply));
        assertEquals(0, supply.counts().duplicates());
        supply.validate();
    }
}
