package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thread with little stack left releases a lock for which a virtual thread waits. The wake-up needs more calls than
 * the rest of the release. If the stack ends among them, the virtual thread is lost: it is marked as woken, but no
 * carrier will ever run it.
 */
@Timeout(60)
class WakingAtTheEndOfTheStackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int DEEPEST = 300;
    private static final int STACK_BYTES = 256 << 10;

    /** A lock whose acquisition reserves some stack, with a test of whether a thread sleeps until it is free. */
    private record Lock(Runnable lock, Runnable unlock, Predicate<Thread> isAwaitedBy) {}

    /** Its release wakes no thread, so there is no wake-up to interrupt. */
    private static Lock counted() {
        CountedLock lock = new CountedLock();
        return new Lock(lock::lock, lock::unlock, waiting -> waiting.getState() == Thread.State.TIMED_WAITING);
    }

    private static Lock plain() {
        ReentrantLock lock = new ReentrantLock();
        return new Lock(
                lock::lock,
                lock::unlock,
                waiting -> lock.hasQueuedThread(waiting) && waiting.getState() == Thread.State.WAITING);
    }

    /** One release, and the virtual thread that waits for it. */
    private static final class Release {
        private final Lock lock;
        private volatile boolean isHeld;
        private volatile boolean isOver;
        private volatile boolean isAwaited;

        Release(Lock lock) {
            this.lock = lock;
        }

        /** Makes no call between the acquisition and the release. */
        void atTheEndOfTheStack() {
            lock.lock.run();
            isHeld = true;
            while (!isAwaited) {
                // Spins; a call could overflow.
            }
            lock.unlock.run();
        }

        /** Returns whether the virtual thread was woken, if it had to be. */
        boolean isWoken() throws InterruptedException {
            while (!isHeld && !isOver) {
                Thread.onSpinWait();
            }
            if (!isHeld) {
                return true;
            }
            Thread waiting = Thread.ofVirtual().start(() -> {
                lock.lock.run();
                lock.unlock.run();
            });
            while (!lock.isAwaitedBy.test(waiting)) {
                Thread.onSpinWait();
            }
            isAwaited = true;
            return waiting.join(PATIENCE);
        }
    }

    /**
     * Returns with about how many frames of stack left a release loses the virtual thread that waits for it; -1 if
     * never.
     */
    private static int losing(Supplier<Lock> locks) throws Exception {
        for (int room = DEEPEST; room >= 0; room--) {
            Release release = new Release(locks.get());
            int frames = room;
            Thread releasing = Thread.ofPlatform().stackSize(STACK_BYTES).start(() -> {
                try {
                    descend(frames, release::atTheEndOfTheStack);
                } finally {
                    release.isOver = true;
                }
            });
            boolean isWoken = release.isWoken();
            releasing.join();
            if (!isWoken) {
                return room;
            }
        }
        return -1;
    }

    private static int descend(int room, Runnable action) {
        int below;
        try {
            below = descend(room, action) + 1;
        } catch (StackOverflowError e) {
            below = 0;
        }
        if (below == room) {
            try {
                action.run();
            } catch (StackOverflowError e) {
                // Another thread looks at what this leaves behind.
            }
        }
        return below;
    }

    @Test
    void noVirtualThreadIsLost() throws Exception {
        assertEquals(-1, losing(WakingAtTheEndOfTheStackTest::counted));
    }

    @Test
    void theCheckFindsALockThatLeavesNoStackForItsRelease() throws Exception {
        assertNotEquals(-1, losing(WakingAtTheEndOfTheStackTest::plain));
    }
}
