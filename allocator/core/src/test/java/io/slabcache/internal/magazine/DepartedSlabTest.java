package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.Collector;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Idle threads do not keep departed slabs reachable, neither by their guess of the last slab nor by a spare object. The
 * check must catch a shrink that does not visit idle threads.
 */
@Timeout(60)
class DepartedSlabTest extends LayerUser {
    DepartedSlabTest() {
        super(Long.MAX_VALUE, 10);
    }

    /** Uses an object in every way that makes a thread refer to its slab; caches nothing at the end. */
    private WeakReference<Slab> use() {
        long address = allocate();
        Slab slab = supply.find(address);
        ThreadCache own = layer.own();
        Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
        slab.handle(address);
        own.learn(slab, address);
        assertTrue(own.giveSpare(address) || own.push(address));
        layer.flush(own);
        assertEquals(0, own.cached());
        return new WeakReference<>(slab);
    }

    private void check(Step shrink, boolean expected) throws Exception {
        CountDownLatch used = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Object[] found = new Object[1];
        Running<Object> idle = Threads.start(() -> {
            found[0] = use();
            used.countDown();
            Threads.await(mayEnd);
            return layer.own();
        });
        Threads.await(used);
        assertTrue(supply.counts().slabs() > 0);
        layer.reclaim();
        supply.shrink();
        shrink.run();
        assertEquals(0, supply.counts().slabs());
        assertEquals(expected, Collector.clears((WeakReference<?>) found[0]));
        mayEnd.countDown();
        assertNotNull(idle.result());
        Reference.reachabilityFence(layer);
    }

    private interface Step {
        void run();
    }

    @Test
    void anIdleThreadForgetsASlabAfterTheNextShrink() throws Exception {
        check(layer::forgetDeparted, true);
    }

    /** Known bad: a shrink that does not visit idle threads. */
    @Test
    void theCheckFindsASlabThatIsKept() throws Exception {
        check(() -> {}, false);
    }

    @Test
    void aThreadForgetsASlabOnItsNextSlowPath() throws Exception {
        WeakReference<Slab> slab = use();
        layer.reclaim();
        supply.shrink();
        ThreadCache own = layer.own();
        own.learn(0, supply.index());
        assertTrue(Collector.clears(slab));
        assertNull(slab.get());
        Reference.reachabilityFence(own);
    }

    /** Lets another thread free this thread's spare object, so that this thread has nothing cached. */
    private WeakReference<byte[]> useAndPassOn() throws Exception {
        long address = allocate();
        Slab slab = supply.find(address);
        ThreadCache own = layer.own();
        own.learn(slab, address);
        for (long other; own.swapToPop() && (other = own.popLoaded()) != 0; ) {
            supply.putBack(other);
        }
        supply.free(address);
        assertEquals(0, own.cached());
        assertEquals(address, own.spareAddress());
        return new WeakReference<>(slab.liveBytes());
    }

    private void shrink() {
        layer.reclaim();
        layer.reclaimIdle();
        supply.shrink();
        layer.forgetDeparted();
        assertEquals(0, supply.counts().slabs());
    }

    @Test
    void anIdleThreadForgetsTheLiveBytesAtTheShrinkAfterThat() throws Exception {
        layer = new MagazineLayer(supply, 10, false, thread -> true, Magazine::new);
        CountDownLatch used = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicReference<WeakReference<byte[]>> live = new AtomicReference<>();
        Running<Long> idle = Threads.start(() -> {
            live.set(useAndPassOn());
            used.countDown();
            Threads.await(mayEnd);
            long address = allocate();
            free(address);
            layer.flush(layer.own());
            return address;
        });
        Threads.await(used);
        shrink();
        // Known bad: the spare object was not yet taken from the thread.
        assertFalse(Collector.clears(live.get()));
        shrink();
        assertEquals(0, layer.unreachedCaches());
        assertTrue(Collector.clears(live.get()));
        mayEnd.countDown();
        assertTrue(idle.result() != 0, "it works on");
    }

    @Test
    void aCallAfterTheCloseForgetsTheLiveBytes() throws Exception {
        WeakReference<byte[]> live = useAndPassOn();
        ThreadCache own = layer.own();
        assertTrue(supply.closeIf(() -> true));
        layer.wipe();
        assertEquals(0, layer.allocate(own));
        assertTrue(Collector.clears(live));
        Reference.reachabilityFence(own);
    }

    @Test
    void aThreadForgetsTheLiveBytesOnItsNextSlowPath() throws Exception {
        WeakReference<byte[]> live = useAndPassOn();
        layer.reclaim();
        supply.shrink();
        ThreadCache own = layer.own();
        own.learn(0, supply.index());
        assertTrue(Collector.clears(live));
        Reference.reachabilityFence(own);
    }
}
