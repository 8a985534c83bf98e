package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.HeapUse;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadCachesTest {
    private static final int NEAR_PLACES = 1 << 10;
    private static final int CAPACITY = 4;

    private final MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE);
    private final ThreadCaches caches = new ThreadCaches(budget, false);
    private final Thread self = Thread.currentThread();

    private static Thread unstarted() {
        return Thread.ofPlatform().unstarted(() -> {});
    }

    /** Returns a thread whose number differs from that of another by a multiple of the distance. It never runs. */
    private static Thread colliding(Thread with, int distance) {
        while (true) {
            Thread thread = unstarted();
            if ((thread.threadId() - with.threadId()) % distance == 0) {
                return thread;
            }
        }
    }

    private int tableLength() throws ReflectiveOperationException {
        return ((ThreadCache[]) Fields.get(Fields.get(caches, "table"), "places")).length;
    }

    private static List<ThreadCache> retireDead(ThreadCaches caches) {
        List<ThreadCache> retired = new ArrayList<>();
        for (ThreadCache dead = caches.retireDead(); dead != null; dead = dead.nextDead) {
            retired.add(dead);
        }
        return retired;
    }

    @Test
    void aThreadThatIsNotRegisteredHasNoCache() throws Exception {
        assertSame(ThreadCaches.none(false), caches.current());
        caches.register(self);
        assertSame(ThreadCaches.none(false), Threads.onAnother(caches::current));
        assertSame(ThreadCaches.none(false), Threads.onVirtual(caches::current));
    }

    @Test
    void aThreadIsRegisteredOnce() {
        ThreadCache cache = caches.register(self);
        assertSame(self, cache.owner());
        assertEquals(0, cache.capacity(), "magazines come with use");
        assertSame(cache, caches.register(self));
        assertSame(cache, caches.tryRegister(self));
        assertSame(cache, caches.current());
        assertEquals(List.of(cache), caches.all());
    }

    @Test
    void threadsWhoseNumbersMeetAreFoundByASearch() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(colliding(self, NEAR_PLACES));
        }
        threads.add(self);
        List<ThreadCache> made = threads.stream().map(caches::register).toList();
        for (int i = 0; i < threads.size(); i++) {
            assertSame(threads.get(i), made.get(i).owner());
            assertSame(made.get(i), caches.register(threads.get(i)));
        }
        assertEquals(Set.copyOf(made), Set.copyOf(caches.all()));
        assertSame(made.get(3), caches.current());
    }

    @Test
    void theNearPlaceOfADeadThreadIsFree() throws Exception {
        caches.register(colliding(self, NEAR_PLACES));
        ThreadCache own = caches.register(self);
        assertNotSame(own, near());
        assertEquals(1, retireDead(caches).size());
        assertSame(own, near());
        assertSame(own, caches.current());
    }

    private ThreadCache near() throws ReflectiveOperationException {
        return ((ThreadCache[]) Fields.get(caches, "near"))[(int) self.threadId() & (NEAR_PLACES - 1)];
    }

    @Test
    void manyThreadsAreAllFound() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<ThreadCache> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            threads.add(unstarted());
            made.add(caches.register(threads.get(i)));
        }
        for (int i = 0; i < 1000; i++) {
            assertSame(made.get(i), caches.register(threads.get(i)));
        }
        assertTrue(tableLength() >= 2000);
    }

    @Test
    void theTableShrinksWhenThreadsAreGone() throws Exception {
        for (int i = 0; i < 1000; i++) {
            caches.register(unstarted());
        }
        ThreadCache own = caches.register(self);
        assertEquals(1000, retireDead(caches).size());
        assertEquals(16, tableLength());
        assertSame(own, caches.current());
    }

    @Test
    void theThreadThatCameLastIsForgottenWhenItIsDead() throws Exception {
        ThreadCache own = caches.register(self);
        caches.register(unstarted());
        retireDead(caches);
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
    void itIsCrowdedByTwiceAsManyThreadsAsWereAlive() throws Exception {
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
            assertEquals(List.of(), retireDead(caches));
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
        assertEquals(List.of(dead), retireDead(caches));
        assertEquals(List.of(), retireDead(caches));
        assertEquals(2, caches.retiredFrees());
        assertEquals(2, dead.cached());
        assertEquals(List.of(own), caches.all());
    }

    @Test
    void whoMayNotWaitGetsNoCacheWhileTheTableIsLocked() throws Exception {
        ThreadCache own = caches.register(self);
        CountedLock lock = (CountedLock) Fields.get(caches, "lock");
        lock.lock();
        assertSame(ThreadCaches.none(false), Threads.onAnother(() -> caches.tryRegister(Thread.currentThread())));
        assertSame(own, Threads.onAnother(() -> caches.tryRegister(self)));
        lock.unlock();
        assertEquals(List.of(own), caches.all());
        assertNotSame(ThreadCaches.none(false), Threads.onAnother(() -> caches.tryRegister(Thread.currentThread())));
    }

    @Test
    void theCachesAreAnIndependentCopy() {
        caches.register(self);
        List<ThreadCache> copy = caches.all();
        caches.register(unstarted());
        assertEquals(1, copy.size());
        assertThrows(UnsupportedOperationException.class, copy::clear);
    }

    @Test
    void threadsThatRegisterTogetherFindThemselves() throws Exception {
        CyclicBarrier allRegistered = new CyclicBarrier(40);
        Threads.together(40, number -> {
            ThreadCache own = caches.register(Thread.currentThread());
            assertSame(Thread.currentThread(), own.owner());
            Threads.meet(allRegistered);
            assertSame(own, caches.register(Thread.currentThread()));
            assertSame(own, caches.current());
        });
        assertEquals(40, caches.all().stream().distinct().count());
    }

    /** Both calls look for the thread without the lock before one of them registers it. */
    @Test
    void aThreadThatWasRegisteredMeanwhileIsNotRegisteredTwice() throws Exception {
        CountedLock lock = (CountedLock) Fields.get(caches, "lock");
        Running<ThreadCache> one;
        Running<ThreadCache> other;
        lock.lock();
        try {
            one = Threads.start(() -> caches.register(self));
            other = Threads.start(() -> caches.register(self));
            one.awaitWaiting();
            other.awaitWaiting();
        } finally {
            lock.unlock();
        }
        assertSame(one.result(), other.result());
        assertEquals(1, caches.all().size());
    }

    @Test
    void deadThreadsAreRetiredWithoutAnyHeap() throws Exception {
        for (int round = 0; round < 3; round++) {
            caches.register(self);
            for (int i = 0; i < 10; i++) {
                caches.register(unstarted());
            }
            long bytes = HeapUse.of(caches::retireDead) - HeapUse.of(() -> {});
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
        for (int i = 0; i < 100 && dead.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(dead.get());
        List<ThreadCache> retired = retireDead(caches);
        assertEquals(1, retired.size());
        assertNull(retired.getFirst().owner());
        assertEquals(10, retired.getFirst().pop());
    }

    @Test
    void whatIsClosedKeepsNothingAndTakesNothingIn() throws Exception {
        ThreadCache own = caches.register(self);
        ThreadCache[] kept = caches.near();
        assertEquals(List.of(own), caches.close());
        assertEquals(List.of(), caches.all());
        assertSame(ThreadCaches.none(false), caches.current());
        assertSame(ThreadCaches.none(false), caches.current(kept));
        assertNotSame(kept, caches.near());
        assertSame(ThreadCaches.none(false), caches.register(self));
        assertSame(ThreadCaches.none(false), caches.tryRegister(self));
        assertEquals(List.of(), caches.close());
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
                        return ThreadCachesTest.retireDead(caches);
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
