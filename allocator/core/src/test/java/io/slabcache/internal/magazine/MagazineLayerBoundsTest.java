package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The layer at the bound of its cache and without magazines, and its prefill and flush. At the bound, an allocation
 * finds the objects that are cached elsewhere.
 */
@Timeout(30)
class MagazineLayerBoundsTest extends LayerUser {
    private static final int CAPACITY = Magazine.START;

    MagazineLayerBoundsTest() {
        super(400, CAPACITY);
    }

    @Test
    void oneThreadAllocatesEveryObjectUpToTheBound() {
        List<Long> allocated = allocate(400);
        assertEquals(400, new HashSet<>(allocated).size());
        assertEquals(0, allocate());
        free(allocated.get(3));
        assertEquals(allocated.get(3), allocate());
    }

    @Test
    void atTheBoundTheDepotIsDrained() throws Exception {
        allocate(400).forEach(this::free);
        layer.flush(layer.own());
        assertEquals(
                400, Threads.onAnother(() -> allocate(400)).stream().distinct().count());
    }

    @Test
    void atTheBoundTheCachesOfDeadThreadsAreEmptied() throws Exception {
        Threads.onAnother(() -> {
            allocate(15).forEach(this::free);
            return null;
        });
        assertFalse(allocate(400).contains(0L));
        assertEquals(15, layer.counts().frees());
        assertEquals(0, allocate());
    }

    @Test
    void atTheBoundIdleStripesAreEmptied() throws Exception {
        Threads.onVirtual(() -> {
            allocate(5).forEach(this::free);
            return null;
        });
        assertTrue(layer.counts().cachedByThreads() > 0);
        assertFalse(allocate(400).contains(0L));
        assertEquals(0, allocate());
    }

    @Test
    void reclaimReturnsFalseWhenNothingWasFound() {
        assertFalse(layer.reclaim());
        allocate(1);
        assertFalse(layer.reclaim(), "the caller's own objects stay cached");
        assertEquals(CAPACITY - 1, layer.counts().cachedByThreads());
    }

    @Test
    void withoutMagazinesEveryCallGoesToTheSlabs() throws Exception {
        use(supply, 0);
        List<Long> allocated = allocate(50);
        assertEquals(50, supply.counts().freeObjects());
        assertSame(ThreadCaches.none(false), layer.own());
        allocated.forEach(this::free);
        assertEquals(100, supply.counts().freeObjects());
        assertEquals(50, supply.counts().singleFrees());
        assertEquals(0, layer.allocateCached(layer.own()));
        assertEquals(0, layer.prefill(layer.own(), 5));
        layer.flush(layer.own());
        assertTrue(Threads.onVirtual(this::allocate) != 0);
        assertTrue(Threads.onVirtual(() -> layer.allocateCached(layer.own())) == 0);
        assertEquals(0, layer.counts().threadCaches());
    }

    @Test
    void aThreadThatComesTooLateWorksOnTheSlabsUntilMagazinesAreGivenBack() throws Exception {
        // The share of one thread is a quarter of the bound.
        use(Fixtures.supply(source, 4 * (2 * CAPACITY + 1)), CAPACITY);
        CountDownLatch isReady = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Running<Object> first = Threads.start(() -> {
            free(allocate());
            assertEquals(CAPACITY, layer.own().capacity());
            isReady.countDown();
            Threads.await(mayEnd);
            return null;
        });
        Threads.await(isReady);
        long address = allocate();
        assertEquals(0, layer.own().capacity());
        assertEquals(0, layer.allocateCached(layer.own()));
        assertEquals(0, layer.prefill(layer.own(), 5));
        free(address);
        assertEquals(1, supply.counts().singleFrees());
        mayEnd.countDown();
        first.result();
        assertTrue(layer.reclaim());
        address = allocate();
        assertEquals(CAPACITY, layer.own().capacity());
        free(address);
        assertEquals(1, supply.counts().singleFrees());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 8, 9, 15, 16})
    void afterAPrefillThatManyAllocationsMeetNoLock(int objects) {
        ThreadCache own = layer.own();
        assertEquals(objects, layer.prefill(own, objects));
        long refills = supply.counts().refills();
        long gets = layer.counts().depotGets();
        for (int i = 0; i < objects; i++) {
            assertNotEquals(0, allocate());
        }
        assertEquals(refills, supply.counts().refills());
        assertEquals(gets, layer.counts().depotGets());
    }

    @Test
    void aPrefillKeepsWhatIsThereAndGivesNoMoreThanFits() {
        allocate(7).forEach(this::free);
        assertEquals(2 * CAPACITY, layer.prefill(layer.own(), 1000));
        assertEquals(2 * CAPACITY, layer.counts().cachedByThreads());
        assertEquals(5, layer.prefill(layer.own(), 5));
        assertEquals(2 * CAPACITY, layer.counts().cachedByThreads());
    }

    @Test
    void aPrefillNearTheBoundReturnsTheNumberItGot() throws Exception {
        List<Long> allocated = allocate(400);
        assertEquals(0, layer.prefill(layer.own(), 5));
        Threads.onAnother(() -> {
            allocated.subList(0, 4).forEach(this::free);
            return null;
        });
        assertEquals(4, layer.prefill(layer.own(), 5), "from the cache of a dead thread");
    }

    @Test
    void aFlushEmptiesTheCacheOfTheThread() {
        List<Long> allocated = allocate(35);
        allocated.subList(0, 18).forEach(this::free);
        layer.caches().current().keep(supply.find(allocated.get(20)), allocated.get(20));
        layer.flush(layer.own());
        assertEquals(0, layer.counts().cachedByThreads());
        assertEquals(
                19 + 100 - 35, layer.counts().cachedInDepot() + supply.counts().freeObjects());
        layer.flush(layer.own());
        assertEquals(0, layer.counts().cachedByThreads());
        assertNotEquals(0, allocate());
    }

    @Test
    void aConstructorMayFreeObjectsOfTheCache() {
        List<Long> pending = new ArrayList<>();
        SlabGeometry geometry = new SlabGeometry(64, 64, 6400, Long.MAX_VALUE);
        use(
                new SlabSupply(geometry, source, slab -> {}, Optional.of(segment -> {
                    if (!pending.isEmpty()) {
                        free(pending.remove(0));
                    }
                })),
                CAPACITY);
        List<Long> allocated = allocate(100);
        pending.addAll(allocated.subList(0, 35));
        long address = allocate();
        assertTrue(allocated.subList(0, 35).contains(address), "the warmest one comes first");
        Census census = Census.of(supply, layer, false);
        assertEquals(66, census.live());
        assertEquals(200, census.live() + census.cached() + census.free());
        pending.addAll(allocated.subList(35, 60));
        assertEquals(2 * CAPACITY, layer.prefill(layer.own(), 2 * CAPACITY));
    }

    @Test
    void anExceptionOfTheSourceLeavesTheLayerUsable() {
        allocate(100);
        source.failOnce(new OutOfMemoryError("planted"));
        assertThrows(OutOfMemoryError.class, this::allocate);
        source.failOnce(new OutOfMemoryError("planted"));
        assertThrows(OutOfMemoryError.class, () -> layer.prefill(layer.own(), 5));
        assertFalse(allocate(300).contains(0L));
        assertEquals(0, allocate());
    }

    @Test
    void threadsOfBothKindsConserveEveryObject() throws Exception {
        use(Fixtures.supply(source, 100_000), CAPACITY);
        ConcurrentLinkedQueue<Long> handedOver = new ConcurrentLinkedQueue<>();
        Threads.Body body = number -> {
            Random random = new Random(number);
            List<Long> mine = new ArrayList<>();
            for (int step = 0; step < 3000; step++) {
                int choice = random.nextInt(10);
                Long received = choice < 2 ? handedOver.poll() : null;
                if (received != null) {
                    free(received);
                } else if (choice < 6) {
                    mine.add(allocate());
                } else if (!mine.isEmpty()) {
                    long address = mine.remove(random.nextInt(mine.size()));
                    if (choice < 8) {
                        handedOver.add(address);
                    } else {
                        free(address);
                    }
                }
            }
            mine.forEach(handedOver::add);
        };
        Threads.together(3, body);
        Threads.togetherVirtual(20, body);
        Census census = Census.of(supply, layer, false);
        assertEquals(handedOver.size(), new HashSet<>(handedOver).size());
        assertEquals(handedOver.size(), census.live());
        assertEquals(supply.counts().totalObjects(), census.live() + census.cached() + census.free());
        assertEquals(0, supply.counts().duplicates());
    }
}
