package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Objects are taken from a thread that works and waits by turns, and none has two owners. The check must catch a thread
 * that takes from an owner at work.
 */
@Timeout(60)
class RevocationStressTest {
    private static final int CAPACITY = 8;
    private static final int OBJECTS = 100;

    private final SlabSupply supply = Fixtures.supply(new FakeSource(), OBJECTS);
    private final MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE);

    /** Fails if an object has two owners: its bit is then already set when it is handed out. */
    private final class Stress {
        private final AtomicIntegerArray owned = new AtomicIntegerArray(OBJECTS);
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Revocation revocation;
        private ThreadCache own;
        private int taken;

        Stress(Predicate<Thread> waits) {
            revocation = new Revocation(supply, budget, waits);
        }

        void run(int rounds) throws Exception {
            CountDownLatch hasStarted = new CountDownLatch(1);
            Running<Object> owner = Threads.start(() -> {
                own = new ThreadCache(Thread.currentThread(), 0);
                hasStarted.countDown();
                try {
                    for (int round = 0; round < rounds; round++) {
                        work();
                        LockSupport.parkNanos(20_000);
                    }
                } finally {
                    isOver.set(true);
                }
                return null;
            });
            Threads.await(hasStarted);
            while (!isOver.get()) {
                taken += revocation.take(own, owner.thread()) ? 1 : 0;
                // The lock is unfair: without a pause the owner would hardly ever find it free.
                LockSupport.parkNanos(50_000);
            }
            owner.result();
            revocation.takeFromDead(own);
        }

        private void work() {
            for (int i = 0; i < 2_000; i++) {
                long one = allocate();
                long other = allocate();
                free(one);
                free(other);
            }
        }

        private long allocate() {
            long address = own.pop();
            while (address == 0) {
                comeToTheSlowPath();
                if (own.cached() == 0) {
                    Magazine loaded = own.unload();
                    loaded.size = supply.refill(loaded.queue, 0, CAPACITY);
                    own.load(loaded);
                }
                own.swapToPop();
                address = own.pop();
            }
            assertEquals(0, owned.getAndSet(number(address), 1), "an object has two owners");
            return address;
        }

        private void free(long address) {
            owned.set(number(address), 0);
            while (!own.push(address)) {
                comeToTheSlowPath();
                if (!own.swapToPush()) {
                    supply.putBack(address);
                    return;
                }
            }
        }

        private void comeToTheSlowPath() {
            if (own.isRevoked()) {
                revocation.restore(own);
            }
            if (own.capacity() == 0) {
                Fixtures.withMagazines(own, CAPACITY);
            }
        }

        private int number(long address) {
            return supply.slabs().getFirst().indexOf(address);
        }
    }

    /** In this test, the test's own methods count as user code. */
    private static boolean isOurs(String className) {
        return WaitingThread.isOurs(className)
                && !className.contains("RevocationStressTest")
                && !className.contains("internal.util.Threads");
    }

    @Test
    void noObjectHasTwoOwnersWhileOneWorksAndWaits() throws Exception {
        Stress stress = new Stress(thread -> WaitingThread.waitsOutside(thread, RevocationStressTest::isOurs));
        stress.run(300);
        assertTrue(stress.taken > 10, stress.taken + " times taken");
        assertEquals(0, supply.counts().duplicates());
        supply.validate();
    }

    /** Known bad: takes without looking at the stack. In a single run it may happen to take only at harmless moments. */
    @Test
    void takingFromAThreadThatWorksIsCaught() {
        assertThrows(Throwable.class, () -> {
            for (int run = 0; run < 100; run++) {
                new Stress(thread -> true).run(300);
                assertEquals(0, supply.counts().duplicates());
                supply.validate();
            }
        });
    }
}
