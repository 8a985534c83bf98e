package io.slabcache.internal.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The keeper's thread runs while a cache needs it, and loses no call when it ends. */
@Timeout(120)
class KeeperThreadTest {
    private static final long AT_ONCE = 0;

    private final Work work = new Work();
    private boolean wasAtTheEnd;

    private static KeeperThread keeper(Kept kept) {
        KeeperThread keeper = new KeeperThread(AT_ONCE);
        keeper.ownQueue().add(kept);
        return keeper;
    }

    private static void awaitEnd(KeeperThread keeper) throws InterruptedException {
        Eventually.holds(() -> keeper.thread == null, "the end of the thread");
    }

    @Test
    void itStartsWhenACacheWakesItAndEndsWhenNoneNeedsIt() throws Exception {
        work.need = Kept.Need.LOOKS;
        work.left.set(5);
        KeeperThread keeper = keeper(work);
        assertNull(keeper.thread);
        keeper.ownQueue().wake();
        Thread running = keeper.thread;
        assertNotNull(running);
        assertEquals("slabcache-keeper", running.getName());
        assertTrue(running.isDaemon());
        assertNull(running.getContextClassLoader());
        Eventually.holds(() -> work.left.get() == 0, "all steps");
        assertTrue(running.isAlive());
        work.need = Kept.Need.NONE;
        awaitEnd(keeper);
        running.join();
        work.left.set(1);
        keeper.ownQueue().wake();
        assertNotSame(running, keeper.thread);
        Eventually.holds(() -> work.left.get() == 0, "a step of the second thread");
    }

    @Test
    void itStaysForACacheThatMayNudgeItAndLooksOnlyThen() throws Exception {
        work.need = Kept.Need.PRESENCE;
        KeeperThread keeper = new KeeperThread(600_000_000_000L);
        keeper.ownQueue().add(work);
        keeper.ownQueue().wake();
        Eventually.holds(() -> work.looks.get() > 0, "the first look");
        Thread.sleep(200);
        assertTrue(work.looks.get() < 3, "looks without a nudge");
        work.left.set(1);
        keeper.ownQueue().nudge();
        Eventually.holds(() -> work.left.get() == 0, "a step");
        assertNotNull(keeper.thread);
    }

    @Test
    void aNudgeStartsNoThread() throws Exception {
        KeeperThread keeper = keeper(work);
        keeper.ownQueue().nudge();
        assertNull(keeper.thread);
        work.left.set(1);
        keeper.ownQueue().wake();
        Eventually.holds(() -> work.left.get() == 0, "a step of a thread that was nudged before it ran");
    }

    @Test
    void itSurvivesAFullHeapAndAnInterrupt() throws Exception {
        Work failing = new Work() {
            @Override
            public boolean work(long now) {
                if (looks.getAndIncrement() == 0) {
                    Thread.currentThread().interrupt();
                    throw new OutOfMemoryError("planted");
                }
                return super.work(now);
            }
        };
        failing.need = Kept.Need.LOOKS;
        failing.left.set(1);
        KeeperThread keeper = keeper(failing);
        keeper.ownQueue().wake();
        Eventually.holds(() -> failing.left.get() == 0, "a step after the error");
        int looks = failing.looks.get();
        Thread.sleep(200);
        assertTrue(failing.looks.get() - looks < 50, "an interrupted thread must pause between its looks");
        failing.need = Kept.Need.NONE;
        awaitEnd(keeper);
    }

    /** Wakes the keeper in its last moment, when it has found that no cache needs it. */
    private boolean isCallInTheLastMomentLost(KeeperThread keeper) throws InterruptedException {
        Work late = new Work() {
            @Override
            public Need need() {
                if (looks.get() == 1 && left.compareAndSet(0, 1)) {
                    keeper.wake();
                }
                return Need.NONE;
            }
        };
        keeper.ownQueue().add(late);
        keeper.ownQueue().wake();
        awaitEnd(keeper);
        return late.left.get() > 0;
    }

    @Test
    void aCallInItsLastMomentIsNotLost() throws Exception {
        assertFalse(isCallInTheLastMomentLost(new KeeperThread(AT_ONCE)));
    }

    @Test
    void aThreadThatEndsWithoutAnotherLookLosesTheCall() throws Exception {
        assertTrue(isCallInTheLastMomentLost(new KeeperThread(AT_ONCE) {
            @Override
            synchronized boolean ends() {
                thread = null;
                return true;
            }
        }));
    }

    @Test
    void aThreadWithoutStackForTheStartGetsTheErrorAndTheNextCallStartsIt() throws Exception {
        KeeperThread keeper = keeper(work);
        assertThrows(StackOverflowError.class, () -> wakeAtTheEndOfTheStack(keeper));
        assertNull(keeper.thread);
        work.left.set(1);
        keeper.ownQueue().wake();
        Eventually.holds(() -> work.left.get() == 0, "a step");
    }

    private void wakeAtTheEndOfTheStack(KeeperThread keeper) {
        try {
            wakeAtTheEndOfTheStack(keeper);
        } catch (StackOverflowError e) {
            if (!wasAtTheEnd) {
                wasAtTheEnd = true;
                keeper.wake();
            }
            throw e;
        }
    }
}
