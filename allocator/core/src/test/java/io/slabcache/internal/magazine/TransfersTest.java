package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A count learns whether objects of other threads were on their way to the slabs. */
@Timeout(30)
class TransfersTest {
    private static final int CAPACITY = 8;

    private final Transfers transfers = new Transfers();

    @Test
    void aCountWithoutATransferIsTold() {
        long before = transfers.settled();
        assertTrue(transfers.noneSince(before));
    }

    @Test
    void aTransferThatHasBegunOrEndedMeanwhileIsTold() {
        long before = transfers.settled();
        transfers.begin();
        assertFalse(transfers.noneSince(before));
        long during = transfers.settled();
        assertEquals(-1, during);
        assertFalse(transfers.noneSince(during));
        transfers.end();
        assertFalse(transfers.noneSince(before));
        assertFalse(transfers.noneSince(during));
        assertTrue(transfers.noneSince(transfers.settled()));
    }

    @Test
    void theLastOfSeveralTransfersEndsThem() {
        transfers.begin();
        transfers.begin();
        transfers.end();
        assertEquals(-1, transfers.settled());
        transfers.end();
        assertEquals(2, transfers.settled());
    }

    @Test
    void aWaitEndsWithTheTransferOrAfterSomeTime() throws Exception {
        assertEquals(0, transfers.awaited());
        transfers.begin();
        assertEquals(-1, transfers.awaited());
        CountDownLatch hasStarted = new CountDownLatch(1);
        Running<Long> waiting = Threads.start(() -> {
            hasStarted.countDown();
            long settled = -1;
            while (settled < 0) {
                settled = transfers.awaited();
            }
            return settled;
        });
        Threads.await(hasStarted);
        transfers.end();
        assertEquals(1, waiting.result());
    }

    /** What the layer moves to the slabs on behalf of others. */
    private final SlabSupply supply = Fixtures.supply(new FakeSource(), 100);

    private final MagazineLayer layer = new MagazineLayer(supply, CAPACITY, false, thread -> true, Magazine::new);

    private Object useOneObject() {
        ThreadCache own = layer.own();
        layer.free(own, layer.allocate(own));
        return own;
    }

    private void assertATransferBy(Runnable move) {
        long before = layer.transfers().settled();
        assertNotEquals(0, layer.counts().cachedByThreads());
        move.run();
        assertEquals(0, layer.counts().cachedByThreads());
        assertFalse(layer.transfers().noneSince(before));
        assertTrue(layer.transfers().settled() >= 0);
        before = layer.transfers().settled();
        move.run();
        assertTrue(layer.transfers().noneSince(before), "nothing was there to be moved");
    }

    @Test
    void theObjectsOfADeadThreadAreInTransfer() throws Exception {
        Threads.onAnother(this::useOneObject);
        assertATransferBy(layer::reclaim);
    }

    @Test
    void theObjectsOfStripesAreInTransfer() throws Exception {
        // Otherwise no slab would be made for more than one object.
        supply.putBack(supply.takeOne());
        Threads.onVirtual(this::useOneObject);
        assertATransferBy(layer::reclaim);
    }

    @Test
    void theObjectsOfAnIdleThreadAreInTransfer() throws Exception {
        CountDownLatch isIdle = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Running<Object> idle = Threads.start(() -> {
            Object own = useOneObject();
            isIdle.countDown();
            Threads.await(mayEnd);
            return own;
        });
        Threads.await(isIdle);
        layer.reclaimIdle();
        assertATransferBy(layer::reclaimIdle);
        mayEnd.countDown();
        idle.result();
    }

    /** A transfer that fails is over: no close waits for it. */
    @Test
    void aTransferThatFailsEnds() throws Exception {
        SlabSupply failing = Fixtures.supply(new FakeSource(), 100);
        Revocation revocation =
                new Revocation(failing, new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE), thread -> true);
        ThreadCache cache = Fixtures.withMagazines(new ThreadCache(Fixtures.deadThread(), 0), CAPACITY);
        cache.previous = null;
        assertThrows(NullPointerException.class, () -> revocation.takeFromDead(cache));
        assertEquals(1, revocation.transfers.settled());
    }
}
