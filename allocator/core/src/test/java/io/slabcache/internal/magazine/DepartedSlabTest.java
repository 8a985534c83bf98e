package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that live on do not keep slabs that were given back: neither as their guess nor as that of a spare object. */
@Timeout(60)
class DepartedSlabTest extends LayerUser {
    DepartedSlabTest() {
        super(Long.MAX_VALUE, 10);
    }

    /** Uses an object in every way that makes a thread refer to its slab, and caches nothing at the end. */
    private WeakReference<Slab> use() {
        long address = allocate();
        Slab slab = supply.find(address);
        ThreadCache own = layer.own();
        slab.renew(address);
        slab.handle(address);
        own.learn(slab, address);
        assertTrue(own.giveSpare(address) || own.push(address));
        layer.flush(own);
        assertEquals(0, own.cached());
        return new WeakReference<>(slab);
    }

    private static boolean isCollected(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        return reference.get() == null;
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
        assertEquals(expected, isCollected((WeakReference<?>) found[0]));
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

    /** Known bad: a shrink that leaves the idle threads alone. */
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
        assertTrue(isCollected(slab));
        assertNull(slab.get());
        Reference.reachabilityFence(own);
    }
}
