package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Threads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Allocations and frees pass through the levels of the layer: the thread's magazines, the depot, the slabs. Each test
 * counts what every level holds.
 */
@Timeout(30)
class MagazineLayerTest extends LayerUser {
    private static final int CAPACITY = Magazine.START;
    private static final int LARGE = 4 * CAPACITY;

    MagazineLayerTest() {
        super(Long.MAX_VALUE, CAPACITY);
    }

    @Test
    void aThreadHasNoCacheUntilItsFirstAllocation() {
        assertSame(ThreadCaches.none(false), layer.caches().current());
        assertEquals(0, layer.counts().threadCaches());
        allocate();
        assertEquals(CAPACITY, layer.caches().current().capacity());
        assertEquals(1, layer.counts().threadCaches());
        assertSame(layer.caches().current(), layer.own());
    }

    @Test
    void aThreadThatOnlyFreesGetsACacheToo() throws Exception {
        long address = allocate();
        Threads.onAnother(() -> {
            free(address);
            assertEquals(1, layer.caches().current().cached());
            return null;
        });
        assertEquals(2, layer.counts().threadCaches());
    }

    @Test
    void oneRefillServesAMagazineOfAllocations() {
        List<Long> allocated = allocate(CAPACITY);
        assertEquals(CAPACITY, new HashSet<>(allocated).size());
        assertEquals(1, supply.counts().refills());
        allocate();
        assertEquals(2, supply.counts().refills());
        assertEquals(0, layer.counts().depotGets());
    }

    @Test
    void twoMagazinesOfFreesStayWithTheThread() {
        List<Long> allocated = allocate(2 * CAPACITY);
        allocated.forEach(this::free);
        assertEquals(2 * CAPACITY, layer.counts().cachedByThreads());
        assertEquals(0, layer.counts().depotPuts());
        assertEquals(2 * CAPACITY, layer.counts().frees());
        long refills = supply.counts().refills();
        assertEquals(new HashSet<>(allocated), new HashSet<>(allocate(2 * CAPACITY)));
        assertEquals(refills, supply.counts().refills());
    }

    @Test
    void aFreeAndAnAllocationInTurnNeverMissAtTheEdge() {
        List<Long> allocated = allocate(2 * CAPACITY + 1);
        allocated.subList(0, 2 * CAPACITY).forEach(this::free);
        free(allocated.get(2 * CAPACITY));
        MagazineCounts before = layer.counts();
        long refills = supply.counts().refills();
        for (int i = 0; i < 100; i++) {
            free(allocate());
        }
        for (int i = 0; i < 100; i++) {
            long first = allocate();
            long second = allocate();
            free(first);
            free(second);
        }
        assertEquals(before.depotGets(), layer.counts().depotGets());
        assertEquals(before.depotPuts(), layer.counts().depotPuts());
        assertEquals(refills, supply.counts().refills());
    }

    @Test
    void aFullMagazineGoesThroughTheDepotToAnotherThread() throws Exception {
        List<Long> allocated = allocate(3 * CAPACITY);
        allocated.forEach(this::free);
        assertEquals(1, layer.counts().depotPuts());
        assertEquals(CAPACITY, layer.counts().cachedInDepot());
        long refills = supply.counts().refills();
        List<Long> others = Threads.onAnother(() -> allocate(CAPACITY));
        assertTrue(allocated.containsAll(others));
        assertEquals(1, layer.counts().depotGets());
        assertEquals(0, layer.counts().cachedInDepot());
        assertEquals(refills, supply.counts().refills());
    }

    @Test
    void aMagazineThatTheDepotRefusesGoesToTheSlabs() {
        List<Long> allocated = allocate(1000);
        allocated.forEach(this::free);
        MagazineCounts counts = layer.counts();
        assertTrue(supply.counts().flushes() > 0);
        assertTrue(counts.cachedInDepot() < 500, counts.cachedInDepot() + " in the depot");
        assertEquals(
                1000,
                counts.cachedByThreads()
                        + counts.cachedInDepot()
                        + supply.counts().freeObjects());
        assertEquals(0, supply.counts().singleFrees());
    }

    @Test
    void anAllocationThatMayNotWaitGetsOnlyCachedObjects() throws Exception {
        assertEquals(0, layer.allocateCached(layer.caches().current()));
        assertEquals(0, source.count());
        allocate(3 * CAPACITY).forEach(this::free);
        List<Long> others = Threads.onAnother(() -> {
            List<Long> got = new ArrayList<>();
            for (long address; (address = allocateCached()) != 0; ) {
                got.add(address);
            }
            return got;
        });
        assertEquals(CAPACITY, new HashSet<>(others).size());
        for (int i = 0; i < 2 * CAPACITY; i++) {
            assertNotEquals(0, allocateCached());
        }
        assertEquals(0, allocateCached());
        assertEquals(1, source.count());
    }

    private long allocateCached() {
        ThreadCache cache = layer.caches().current();
        long address = cache.pop();
        return address != 0 ? address : layer.allocateCached(cache);
    }

    @Test
    void aVirtualThreadHasNoCacheOfItsOwn() throws Exception {
        // Otherwise no slab would be made for more than one object.
        supply.putBack(supply.takeOne());
        long address = Threads.onVirtual(() -> {
            assertSame(ThreadCaches.none(false), layer.own());
            long allocated = allocate();
            assertSame(ThreadCaches.none(false), layer.caches().current());
            free(allocated);
            assertNotEquals(0, layer.allocateCached(layer.caches().current()));
            free(allocated);
            return allocate();
        });
        assertSame(supply.slabs().get(0), supply.find(address));
        assertEquals(CAPACITY - 1, layer.counts().cachedByThreads());
        assertTrue(layer.reclaim());
        assertEquals(99, supply.counts().freeObjects());
    }

    @Test
    void theDefaultMagazineIsSmallerForLargeObjects() {
        assertTrue(defaultCapacity(16) >= 64);
        assertTrue(defaultCapacity(65_536) < defaultCapacity(16));
        assertEquals(1, defaultCapacity(1 << 22));
    }

    private int defaultCapacity(long objectSize) {
        SlabGeometry geometry = new SlabGeometry(objectSize, 1, 0, Long.MAX_VALUE);
        return new MagazineLayer(new SlabSupply(geometry, source), -1, false)
                .counts()
                .magazineCapacity();
    }

    @Test
    void magazinesStartSmallAndDoubleAtEachVisitThatFoundNothing() {
        use(supply, LARGE);
        for (int expected = Magazine.START; expected <= LARGE; expected *= 2) {
            long refills = supply.counts().refills();
            for (int i = 0; i < expected; i++) {
                allocate();
                assertEquals(expected, layer.caches().current().capacity());
            }
            assertEquals(refills + 1, supply.counts().refills());
        }
        allocate();
        assertEquals(LARGE, layer.caches().current().capacity());
    }

    @Test
    void aThreadThatOnlyFreesGetsLargerMagazinesToo() throws Exception {
        use(supply, LARGE);
        List<Long> allocated = allocate(3 * LARGE);
        Threads.onAnother(() -> {
            for (long address : allocated) {
                free(address);
            }
            assertEquals(LARGE, layer.caches().current().capacity());
            assertEquals(LARGE, layer.counts().cachedInDepot(), "small ones grew and were not given away");
            return null;
        });
    }

    /** A burst that fits into two magazines enters the slow path at each swap, but does not visit the depot. */
    @Test
    void magazinesGrowWhenTheirOwnerOnlySwapsThem() {
        use(supply, LARGE);
        layer.prefill(layer.own(), 2 * CAPACITY);
        assertEquals(CAPACITY, layer.caches().current().capacity());
        for (int burst = 0; burst < 20; burst++) {
            allocate(2 * CAPACITY).forEach(this::free);
        }
        assertEquals(2 * CAPACITY, layer.caches().current().capacity());
        assertEquals(0, layer.counts().depotGets() + layer.counts().depotPuts());
    }

    @Test
    void afterAFlushMagazinesComeBackAsLargeAsTheyWere() {
        use(supply, 64);
        allocate(200).forEach(this::free);
        layer.flush(layer.own());
        assertEquals(0, layer.caches().current().capacity());
        assertEquals(0, layer.counts().threadCaches());
        allocate();
        assertEquals(64, layer.caches().current().capacity());
        assertEquals(1, layer.counts().threadCaches());
    }

    @Test
    void everyCachedObjectIsShownOnce() {
        List<Long> allocated = allocate(50);
        allocated.forEach(this::free);
        List<Long> shown = new ArrayList<>();
        layer.forEachCached(shown::add);
        assertEquals(new HashSet<>(shown).size(), shown.size());
        MagazineCounts counts = layer.counts();
        assertEquals(counts.cachedByThreads() + counts.cachedInDepot(), shown.size());
        assertTrue(counts.heapBytes() > 0);
    }

    @Test
    void afterAWipeNothingIsPopped() throws Exception {
        allocate(2 * CAPACITY).forEach(this::free);
        ThreadCache cache = layer.caches().current();
        Threads.onAnother(() -> {
            layer.wipe();
            return null;
        });
        assertSame(ThreadCaches.none(false), layer.caches().current());
        for (int i = 0; i < CAPACITY; i++) {
            assertEquals(0, cache.pop());
        }
        cache.shift(new Magazine(CAPACITY));
        assertEquals(0, cache.shift(new Magazine(CAPACITY)).size);
    }
}
