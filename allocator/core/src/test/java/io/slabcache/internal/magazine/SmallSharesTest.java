package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.HeapUse;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight threads share a bounded cache, so that each may cache 32 objects: 16 and 15 in its magazines, and the spare
 * one. Seven threads hold their shares, and the calling thread works with the last one.
 */
@Timeout(30)
class SmallSharesTest {
    private static final int THREADS = 8;
    private static final int SHARE = 32;

    private final MagazineLayer layer = new MagazineLayer(
            Fixtures.supply(new FakeSource(), 4 * THREADS * SHARE), -1, false, thread -> false, Magazine::new);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final List<Running<Object>> others = new ArrayList<>();

    @BeforeEach
    void letOthersHoldTheirShares() {
        CountDownLatch haveEntered = new CountDownLatch(THREADS - 1);
        CountDownLatch areReady = new CountDownLatch(THREADS - 1);
        for (int i = 1; i < THREADS; i++) {
            others.add(Threads.start(() -> {
                burst(1);
                haveEntered.countDown();
                Threads.await(haveEntered);
                work(SHARE);
                areReady.countDown();
                Threads.await(mayEnd);
                return null;
            }));
        }
        Threads.await(areReady);
        work(SHARE);
    }

    @AfterEach
    void endOthers() throws Exception {
        mayEnd.countDown();
        for (Running<Object> other : others) {
            other.result();
        }
    }

    private void work(int objects) {
        for (int i = 0; i < 100; i++) {
            burst(objects);
        }
    }

    private final ThreadLocal<long[]> held = ThreadLocal.withInitial(() -> new long[2 * SHARE]);

    private void burst(int objects) {
        long[] held = this.held.get();
        for (int i = 0; i < objects; i++) {
            ThreadCache own = layer.own();
            long address = own.takeSpare();
            address = address != 0 ? address : own.pop();
            held[i] = address != 0 ? address : layer.allocate(own);
        }
        for (int i = 0; i < objects; i++) {
            ThreadCache own = layer.own();
            if (!own.push(held[i])) {
                layer.free(own, held[i]);
            }
        }
    }

    private static long leastHeapUse(Runnable code) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            least = Math.min(least, HeapUse.of(code));
        }
        return least;
    }

    private long visits() {
        return layer.counts().depotGets() + layer.counts().depotPuts();
    }

    @Test
    void anEvenShareIsSplitIntoUnevenMagazines() {
        assertEquals(SHARE, layer.own().share);
        assertEquals(SHARE - 1, layer.own().places());
    }

    @Test
    void aBurstThatFitsIntoTheMagazinesNeedsNoDepot() {
        work(SHARE - 1);
        long before = visits();
        work(SHARE - 1);
        assertEquals(before, visits());
    }

    /** In most rounds: now and then the thread looks for idle owners, and makes a list of all. */
    @Test
    void aLargerBurstExchangesObjectsWithoutGarbage() throws Exception {
        long before = visits();
        assertEquals(leastHeapUse(() -> {}), leastHeapUse(() -> work(SHARE + 8)), "as nothing at all");
        assertTrue(visits() >= before + 2000, "each burst takes from the depot and gives to it");
    }
}
