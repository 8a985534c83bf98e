package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The lock counts the acquisitions that had to wait. A stack overflow happens before the lock is taken, not in the
 * locked section; the test must catch a plain {@link ReentrantLock}.
 */
@Timeout(30)
class CountedLockTest {
    private static final int OVERFLOWS = 50;

    private final CountedLock lock = new CountedLock();

    @Test
    void anAcquisitionWithoutAWaitIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            lock.lock();
            lock.unlock();
        }
        lock.lock();
        assertEquals(0, lock.contended());
    }

    @Test
    void anAcquisitionThatHasToWaitIsCounted() throws Exception {
        for (int waits = 1; waits <= 3; waits++) {
            lock.lock();
            Running<Long> other = Threads.start(() -> {
                lock.lock();
                try {
                    return lock.contended();
                } finally {
                    lock.unlock();
                }
            });
            other.awaitWaiting();
            lock.unlock();
            assertEquals(waits, other.result());
        }
    }

    @Test
    void anAttemptThatFailsIsNotCounted() throws Exception {
        lock.lock();
        assertFalse(Threads.onAnother(lock::tryLock));
        assertEquals(0, lock.contended());
    }

    @Test
    void anAttemptOnAFreeLockTakesIt() throws Exception {
        assertTrue(lock.tryLock());
        assertTrue(lock.isHeld());
        assertFalse(Threads.onAnother(lock::tryLock));
    }

    @Test
    void theLockIsReentrant() {
        lock.lock();
        lock.lock();
        assertTrue(lock.tryLock());
        assertEquals(0, lock.contended());
        lock.unlock();
        lock.unlock();
        assertTrue(lock.isHeld());
        lock.unlock();
        assertFalse(lock.isHeld());
    }

    @Test
    void onlyTheHolderHoldsIt() throws Exception {
        assertFalse(lock.isHeld());
        lock.lock();
        assertTrue(lock.isHeld());
        assertFalse(Threads.onAnother(lock::isHeld));
    }

    @Test
    void onlyTheHolderMayReleaseIt() {
        lock.lock();
        assertThrows(
                IllegalMonitorStateException.class,
                () -> Threads.onAnother(() -> {
                    lock.unlock();
                    return null;
                }));
    }

    @Test
    void theCountIsNotReadWithoutTheLock() {
        assertThrows(AssertionError.class, lock::contended);
    }

    @Test
    void noIncrementUnderTheLockIsLost() throws Exception {
        long[] sum = new long[1];
        Threads.together(4, number -> {
            for (int i = 0; i < 5_000; i++) {
                lock.lock();
                sum[0]++;
                lock.unlock();
            }
        });
        assertEquals(20_000, sum[0]);
    }

    @Test
    void aStackOverflowHappensBeforeTheLockIsTaken() throws Exception {
        for (int i = 0; i < OVERFLOWS; i++) {
            Sections sections = overflow(lock::lock, lock::unlock, i);
            assertEquals(sections.begun, sections.ended);
            assertTrue(lock.tryLock(), "no thread holds it");
            lock.unlock();
        }
    }

    @Test
    void theCheckFindsALockThatLeavesNoStackForWhatFollows() throws Exception {
        boolean found = false;
        for (int i = 0; i < OVERFLOWS && !found; i++) {
            ReentrantLock plain = new ReentrantLock();
            Sections sections = overflow(plain::lock, plain::unlock, i);
            found = sections.begun != sections.ended || plain.isLocked();
        }
        assertTrue(found);
    }

    /** Enters a locked section at every depth until the stack is exhausted. */
    private static Sections overflow(Runnable lock, Runnable unlock, int extra) throws Exception {
        Sections sections = new Sections();
        Threads.start(() -> assertThrows(StackOverflowError.class, () -> descend(sections, lock, unlock, extra)))
                .result();
        return sections;
    }

    private static int descend(Sections sections, Runnable lock, Runnable unlock, int extra) {
        if (extra == 0) {
            lock.run();
            try {
                sections.begun++;
                sections.nest(4);
                sections.ended++;
            } finally {
                unlock.run();
            }
        }
        return descend(sections, lock, unlock, Math.max(extra - 1, 0)) + 1;
    }

    private static final class Sections {
        private int begun;
        private int ended;

        int nest(int frames) {
            return frames == 0 ? 0 : nest(frames - 1) + 1;
        }
    }
}
