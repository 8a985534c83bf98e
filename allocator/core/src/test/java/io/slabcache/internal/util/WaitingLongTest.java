package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads.Running;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thread that waits for a lock gets it, although another thread releases the lock and re-acquires it at once. The
 * lock is unfair, so the waiting thread has to find it free.
 */
@Timeout(60)
class WaitingLongTest {
    /** The other thread holds the lock for so long; a waiting thread finds it free only by chance. */
    private static final long SECTION_NANOS = 1_000_000;

    private static final int WAITS = 5;
    private static final long ENOUGH = 100;

    /** The calls of a lock that the check needs. */
    private interface Section {
        /** Acquires the lock unless the condition becomes true first; releases it after the action. */
        void run(Runnable action, AtomicBoolean givenUp);
    }

    /**
     * Returns the median number of sections that the other thread enters meanwhile, at most {@link #ENOUGH}. The
     * maximum would also count the times at which the waiting thread had no processor.
     */
    private static long sectionsOfAnother(Section lock) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicBoolean never = new AtomicBoolean();
        AtomicBoolean givenUp = new AtomicBoolean();
        AtomicLong sections = new AtomicLong();
        AtomicLong last = new AtomicLong(Long.MAX_VALUE);
        Running<Object> other = Threads.start(() -> {
            while (!isOver.get()) {
                lock.run(
                        () -> {
                            long end = System.nanoTime() + SECTION_NANOS;
                            while (System.nanoTime() < end) {
                                Thread.onSpinWait();
                            }
                            givenUp.set(sections.incrementAndGet() >= last.get());
                        },
                        never);
            }
            return null;
        });
        long[] counts = new long[WAITS];
        for (int i = 0; i < WAITS; i++) {
            Thread.sleep(5);
            long before = sections.get();
            last.set(before + ENOUGH);
            lock.run(() -> {}, givenUp);
            last.set(Long.MAX_VALUE);
            counts[i] = Math.min(ENOUGH, sections.get() - before);
            givenUp.set(false);
        }
        isOver.set(true);
        other.result();
        Arrays.sort(counts);
        return counts[WAITS / 2];
    }

    @Test
    void aThreadThatReturnsAtOnceLetsOneThatWaitedLongGoFirst() throws Exception {
        CountedLock lock = new CountedLock();
        long sections = sectionsOfAnother((action, givenUp) -> {
            lock.lock();
            try {
                action.run();
            } finally {
                lock.unlock();
            }
        });
        assertTrue(sections < ENOUGH, "passed by " + sections + " times");
    }

    /** Known bad: polls the lock and announces nothing. In a single run it may find the lock free by chance. */
    @Test
    void aLockWhoseHolderDoesNotGiveWayIsCaught() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        long sections = 0;
        for (int run = 0; run < 20 && sections < ENOUGH; run++) {
            sections = sectionsOfAnother((action, givenUp) -> {
                int steps = 0;
                while (!lock.tryLock()) {
                    if (givenUp.get()) {
                        return;
                    }
                    Waiting.step(steps++);
                }
                try {
                    action.run();
                } finally {
                    lock.unlock();
                }
            });
        }
        assertEquals(ENOUGH, sections);
    }

    /** For example a virtual thread without a carrier. */
    @Test
    void aThreadThatAskedAndDoesNotRunIsNotWaitedFor() throws Exception {
        CountedLock lock = new CountedLock();
        Fields.set(lock, "giveWayUntil", System.nanoTime() + Long.MAX_VALUE / 2);
        for (int i = 0; i < 10; i++) {
            lock.lock();
            // The holder does not release it even for an instant.
            lock.lock();
            lock.unlock();
            lock.unlock();
        }
        assertEquals(0, contended(lock));
        Fields.set(lock, "giveWayUntil", System.nanoTime() - 1);
        lock.lock();
        lock.unlock();
        assertEquals(0L, Fields.get(lock, "giveWayUntil"));
    }

    private static long contended(CountedLock lock) {
        lock.lock();
        try {
            return lock.contended();
        } finally {
            lock.unlock();
        }
    }
}
