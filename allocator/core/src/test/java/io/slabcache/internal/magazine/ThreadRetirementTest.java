package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.Collector;
import io.slabcache.internal.util.HeapUse;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The caches of dead threads are found once, without heap memory, and the table of threads shrinks. The concurrent
 * check must catch a registry that removes dead threads without a lock.
 */
@Timeout(30)
class ThreadRetirementTest {
    private static final int CAPACITY = 4;

    private final MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE);
    private final ThreadCaches caches = new ThreadCaches(budget, false, Slab.NONE.geometry);
    private final Thread self = Thread.currentThread();
    private final Transfers transfers = new Transfers();

    @Test
    void theTableShrinksWhenThreadsAreGone() throws Exception {
        for (int i = 0; i < 1000; i++) {
            caches.register(Fixtures.deadThread());
        }
        ThreadCache own = caches.register(self);
        assertEquals(1000, Fixtures.retireDead(caches).size());
        assertEquals(16, Fixtures.tableLength(caches));
        assertSame(own, caches.current());
    }

    @Test
    void theThreadThatCameLastIsForgottenWhenItIsDead() throws Exception {
        ThreadCache own = caches.register(self);
        caches.register(Fixtures.deadThread());
        Fixtures.retireDead(caches);
        assertSame(own, caches.current());
        Threads.onAnother(() -> {
            assertSame(ThreadCaches.none(false), caches.current());
            ThreadCache cache = caches.register(Thread.currentThread());
            assertSame(cache, caches.current());
            return null;
        });
        assertSame(own, caches.current());
    }

    @Test
    void itIsCrowdedAtTwiceTheNumberOfLivingThreads() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Running<Object>> alive = new ArrayList<>();
        for (int expected : new int[] {32, 64, 128}) {
            while (!caches.isCrowded()) {
                CountDownLatch registered = new CountDownLatch(1);
                alive.add(Threads.start(() -> {
                    caches.register(Thread.currentThread());
                    registered.countDown();
                    Threads.await(mayEnd);
                    return null;
                }));
                Threads.await(registered);
            }
            assertEquals(expected, alive.size());
            assertEquals(List.of(), Fixtures.retireDead(caches));
            assertFalse(caches.isCrowded());
        }
        mayEnd.countDown();
        for (Running<Object> thread : alive) {
            thread.result();
        }
    }

    @Test
    void theCacheOfADeadThreadIsRetiredOnce() throws Exception {
        ThreadCache own = caches.register(self);
        ThreadCache dead = Threads.onAnother(() -> {
            ThreadCache cache = Fixtures.withMagazines(caches.register(Thread.currentThread()), CAPACITY);
            Fixtures.withMagazines(cache, CAPACITY);
            assertTrue(cache.push(10) && cache.push(20));
            return cache;
        });
        assertEquals(List.of(dead), Fixtures.retireDead(caches));
        assertEquals(List.of(), Fixtures.retireDead(caches));
        assertEquals(2, caches.retiredFrees());
        assertEquals(2, dead.cached());
        assertEquals(List.of(own), caches.all());
    }

    @Test
    void deadThreadsAreRetiredWithoutAnyHeap() throws Exception {
        for (int round = 0; round < 3; round++) {
            caches.register(self);
            for (int i = 0; i < 10; i++) {
                caches.register(Fixtures.deadThread());
            }
            long bytes = HeapUse.of(() -> caches.retireDead(transfers)) - HeapUse.of(() -> {});
            // The first round loads classes.
            assertTrue(round == 0 || bytes == 0, bytes + " bytes");
            assertEquals(1, caches.all().size());
        }
    }

    @Test
    void aDeadThreadIsNotKept() throws Exception {
        WeakReference<Thread> dead = new WeakReference<>(Threads.onAnother(() -> {
            ThreadCache cache = Fixtures.withMagazines(caches.register(Thread.currentThread()), CAPACITY);
            assertTrue(cache.push(10));
            return Thread.currentThread();
        }));
        assertTrue(Collector.clears(dead));
        List<ThreadCache> retired = Fixtures.retireDead(caches);
        assertEquals(1, retired.size());
        assertNull(retired.getFirst().owner());
        assertEquals(10, retired.getFirst().pop());
    }

    /** The calls of thread caches that the check of retiring needs. */
    private interface Registry {
        ThreadCache register(Thread thread);

        List<ThreadCache> retireDead();
    }

    /** Threads leave objects behind and end. Two other threads, at the same time, find each object exactly once. */
    private static void check(Registry registry, int rounds) throws Exception {
        Addresses found = new Addresses();
        for (int round = 0; round < rounds; round++) {
            long base = round * 100L;
            Threads.together(4, number -> {
                ThreadCache cache = Fixtures.withMagazines(registry.register(Thread.currentThread()), CAPACITY);
                for (int i = 1; i <= CAPACITY; i++) {
                    assertTrue(cache.push(base + number * 10 + i));
                }
            });
            Threads.together(2, number -> registry.retireDead().forEach(cache -> cache.forEach(found::add)));
        }
        found.assertHoldsEachOnce(LongStream.range(0, rounds)
                .flatMap(round -> LongStream.range(0, 4)
                        .flatMap(number ->
                                LongStream.rangeClosed(1, CAPACITY).map(i -> round * 100 + number * 10 + i))));
    }

    @Test
    void threadsThatRetireTogetherFindEachObjectOnce() throws Exception {
        check(
                new Registry() {
                    @Override
                    public ThreadCache register(Thread thread) {
                        return caches.register(thread);
                    }

                    @Override
                    public List<ThreadCache> retireDead() {
                        return Fixtures.retireDead(caches);
                    }
                },
                50);
        assertEquals(50 * 4 * CAPACITY, caches.retiredFrees());
        assertEquals(List.of(), caches.all());
    }

    @Test
    void theCheckFindsARegistryWithoutALock() {
        assertThrows(AssertionError.class, () -> check(new UnlockedRegistry(), 1));
    }

    /** Retires without a lock: both threads look for dead threads before either removes them. */
    private static final class UnlockedRegistry implements Registry {
        private final List<ThreadCache> registered = new ArrayList<>();
        private final CyclicBarrier bothHaveLooked = new CyclicBarrier(2);

        @Override
        public synchronized ThreadCache register(Thread thread) {
            registered.add(new ThreadCache(thread, CAPACITY));
            return registered.get(registered.size() - 1);
        }

        @Override
        public List<ThreadCache> retireDead() {
            List<ThreadCache> dead =
                    registered.stream().filter(ThreadCache::isOwnerDead).toList();
            Threads.meet(bothHaveLooked);
            synchronized (this) {
                registered.removeAll(dead);
            }
            return dead;
        }
    }
}
