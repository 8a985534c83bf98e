package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A magazine on its way to the depot or the slab list no longer counts as its owner's. A count of both would include
 * its objects twice and miss as many live ones. The test holds the lock on that way.
 */
@Timeout(30)
class MovingMagazineTest extends LayerUser {
    private static final int CAPACITY = 10;

    MovingMagazineTest() {
        super(Long.MAX_VALUE, CAPACITY);
    }

    /**
     * Lets another thread cache two magazines and make a move; returns how many objects it caches in the middle of the
     * move.
     */
    private int cachedAmid(Object owner, Step move) throws Exception {
        CountedLock lock = (CountedLock) Fields.get(owner, "lock");
        ThreadCache[] cache = new ThreadCache[1];
        CountDownLatch ready = new CountDownLatch(1);
        AtomicBoolean go = new AtomicBoolean();
        Running<Object> mover = Threads.start(() -> {
            cache[0] = fill();
            ready.countDown();
            // Spins: the test would mistake a wait for the wait for the lock.
            while (!go.get()) {
                Thread.onSpinWait();
            }
            move.run(cache[0]);
            return null;
        });
        Threads.await(ready);
        assertEquals(2 * CAPACITY, cache[0].cached());
        lock.lock();
        try {
            go.set(true);
            mover.awaitWaiting();
            return cache[0].cached();
        } finally {
            lock.unlock();
            mover.result();
        }
    }

    /** Fills both magazines of the calling thread. */
    private ThreadCache fill() {
        ThreadCache own = layer.own();
        assertEquals(2 * CAPACITY, layer.prefill(own, 2 * CAPACITY));
        return own;
    }

    private interface Step {
        void run(ThreadCache own) throws Exception;
    }

    private Object depot() throws ReflectiveOperationException {
        return Fields.get(layer, "depot");
    }

    private Object list() throws ReflectiveOperationException {
        return Fields.get(supply, "list");
    }

    @Test
    void aMagazineThatIsGivenToTheDepotIsNotItsOwnersAnyMore() throws Exception {
        long more = allocate();
        assertEquals(CAPACITY, cachedAmid(depot(), own -> layer.free(own, more)));
    }

    /** Known bad: the layer's former behaviour. The magazine stayed in the owner's fields until the depot had it. */
    @Test
    void theCheckFindsAMagazineThatIsGivenWhileItsOwnerHasIt() {
        Depot depot = Fixtures.depot(CAPACITY, 1);
        assertThrows(
                AssertionError.class,
                () -> assertEquals(CAPACITY, cachedAmid(depot, own -> depot.exchangeForEmpty(own.previous))));
    }

    @Test
    void whatADeadThreadLeftIsNotCountedThereWhileItReturns() throws Exception {
        ThreadCache dead = Threads.onAnother(() -> {
            return fill();
        });
        CountedLock lock = (CountedLock) Fields.get(list(), "lock");
        MagazineStore store = (MagazineStore) Fields.get(layer, "store");
        Running<Object> reclaimer;
        lock.lock();
        try {
            reclaimer = Threads.start(store::retireDead);
            reclaimer.awaitWaiting();
            assertEquals(CAPACITY, dead.cached());
        } finally {
            lock.unlock();
        }
        assertEquals(true, reclaimer.result());
        assertEquals(0, dead.cached());
    }
}
