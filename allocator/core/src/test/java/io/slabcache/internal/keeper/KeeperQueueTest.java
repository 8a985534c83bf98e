package io.slabcache.internal.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Collector;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue does one step at a time for each of its caches, and keeps none of them. */
@Timeout(60)
class KeeperQueueTest {
    private final KeeperQueue queue = new KeeperQueue();

    @Test
    void eachCallDoesOneStepForEachCacheThatNeedsOne() {
        Work one = new Work();
        Work other = new Work();
        queue.add(one);
        queue.add(other);
        one.left.set(2);
        other.left.set(1);
        assertEquals(2, queue.doWork());
        assertEquals(1, queue.doWork());
        assertEquals(0, queue.doWork());
    }

    @Test
    void aCacheThatWasRemovedGetsNoStep() {
        Work one = new Work();
        Work other = new Work();
        queue.add(one);
        queue.add(other);
        queue.remove(one);
        queue.remove(one);
        one.left.set(1);
        other.left.set(1);
        assertEquals(1, queue.doWork());
        assertEquals(0, one.looks.get());
    }

    @Test
    void theGreatestNeedOfAllCachesCounts() {
        Work one = new Work();
        Work other = new Work();
        queue.add(one);
        queue.add(other);
        assertEquals(Kept.Need.NONE, queue.need());
        one.need = Kept.Need.LOOKS;
        other.need = Kept.Need.PRESENCE;
        assertEquals(Kept.Need.LOOKS, queue.need());
        queue.remove(one);
        assertEquals(Kept.Need.PRESENCE, queue.need());
        queue.remove(other);
        assertEquals(Kept.Need.NONE, queue.need());
    }

    @Test
    void aCollectedCacheIsGone() {
        assertTrue(Collector.clears(addTo(queue)));
        assertEquals(0, queue.doWork());
        assertEquals(Kept.Need.NONE, queue.need());
    }

    /** The known-bad twin of the queue: a queue whose cache is reachable from elsewhere. */
    @Test
    void aCacheThatSomethingHoldsIsNotCollected() {
        Work held = new Work();
        queue.add(held);
        WeakReference<Kept> reference = new WeakReference<>(held);
        assertFalse(Collector.clears(reference));
        Reference.reachabilityFence(held);
    }

    private static WeakReference<Kept> addTo(KeeperQueue queue) {
        Work work = new Work();
        work.need = Kept.Need.LOOKS;
        queue.add(work);
        return new WeakReference<>(work);
    }

    @Test
    void aSecondThreadReturnsAtOnce() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Work slow = new Work() {
            @Override
            public boolean work(long now) {
                working.countDown();
                Threads.await(mayEnd);
                return super.work(now);
            }
        };
        slow.left.set(1);
        queue.add(slow);
        Running<Integer> first = Threads.start(queue::doWork);
        Threads.await(working);
        assertEquals(0, queue.doWork());
        assertEquals(0, slow.looks.get());
        mayEnd.countDown();
        assertEquals(1, first.result());
    }
}
