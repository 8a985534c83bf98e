package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each thread registers once and then finds its own cache, also if the identifiers of threads collide or many threads
 * register together. {@link ThreadRetirementTest} covers dead threads.
 */
@Timeout(30)
class ThreadCachesTest {
    private static final int NEAR_PLACES = 1 << 10;
    private static final int CAPACITY = 4;

    private final MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE);
    private final ThreadCaches caches = new ThreadCaches(budget, false, Slab.NONE.geometry);
    private final Thread self = Thread.currentThread();

    /** Returns a thread whose number differs from that of another by a multiple of the distance. It never runs. */
    private static Thread colliding(Thread with, int distance) {
        while (true) {
            Thread thread = Fixtures.deadThread();
            if ((thread.threadId() - with.threadId()) % distance == 0) {
                return thread;
            }
        }
    }

    private ThreadCache near() throws ReflectiveOperationException {
        return ((ThreadCache[]) Fields.get(caches, "near"))[(int) self.threadId() & (NEAR_PLACES - 1)];
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
    void threadsWithCollidingIdentifiersAreFound() throws Exception {
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
        assertEquals(1, Fixtures.retireDead(caches).size());
        assertSame(own, near());
        assertSame(own, caches.current());
    }

    @Test
    void manyThreadsAreAllFound() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<ThreadCache> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            threads.add(Fixtures.deadThread());
            made.add(caches.register(threads.get(i)));
        }
        for (int i = 0; i < 1000; i++) {
            assertSame(made.get(i), caches.register(threads.get(i)));
        }
        assertTrue(Fixtures.tableLength(caches) >= 2000);
    }

    @Test
    void tryRegisterReturnsNoneWhileTheTableIsLocked() throws Exception {
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
        caches.register(Fixtures.deadThread());
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
    void twoConcurrentRegistrationsOfOneThreadMakeOneCache() throws Exception {
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
    void aClosedTableKeepsNoThreadAndRegistersNone() throws Exception {
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
}
