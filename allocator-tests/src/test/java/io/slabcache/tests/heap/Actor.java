package io.slabcache.tests.heap;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The thread of one run. It is started while the heap has room, and then waits without allocating. */
final class Actor {
    private static final long PATIENCE = 20_000_000_000L;
    private static final long POLL = 100_000;

    private enum Phase {
        BEFORE,
        READY,
        STEP,
        DONE,
        AFTER
    }

    private final Scenario scenario;
    private final Room room;
    private final Thread thread;

    private volatile Phase phase = Phase.BEFORE;

    /** Created before the heap is full. */
    private final BooleanSupplier isToStep = () -> phase == Phase.STEP;

    private final BooleanSupplier hasDone = () -> phase == Phase.DONE;
    private final BooleanSupplier isAfter = () -> phase == Phase.AFTER;

    /** The exception of the step, or null. Published by the write to the phase. */
    private Throwable thrown;

    /** The exception from before or after the step. Published by the end of the thread. */
    private volatile Throwable trouble;

    Actor(Scenario scenario, Room room) {
        this.scenario = scenario;
        this.room = room;
        this.thread =
                (scenario.isVirtual() ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).unstarted(this::run);
        thread.start();
        await(() -> phase == Phase.READY);
    }

    private void run() {
        try {
            scenario.before(room);
            phase = Phase.READY;
            await(isToStep);
            try {
                scenario.step(room);
            } catch (Throwable e) {
                thrown = e;
            }
            phase = Phase.DONE;
            await(isAfter);
            if (!scenario.isClosing()) {
                giveBack();
            }
        } catch (Throwable e) {
            trouble = e;
        }
    }

    /** An object that was lost during its free is reported as free here. */
    private void giveBack() {
        room.endLeases();
        room.free(room.count);
        room.touch();
        room.cache.prefill(3);
        room.cache.flush();
    }

    /** Lets the thread make its step now; returns whether it came to an end. Allocates nothing. */
    boolean step() {
        phase = Phase.STEP;
        return isReached(hasDone);
    }

    /** {@return what the step has thrown, or null} */
    Throwable thrown() {
        return thrown;
    }

    /** Lets the thread give back everything that it got. */
    void end() {
        phase = Phase.AFTER;
        await(() -> !thread.isAlive());
        if (trouble != null) {
            throw new AssertionError("the thread cannot go on", trouble);
        }
    }

    private void await(BooleanSupplier condition) {
        if (!isReached(condition)) {
            throw new AssertionError(this + " hangs", trouble);
        }
    }

    /**
     * Polls, because a wake-up needs heap. A virtual thread does not even park with a timeout: the JDK's timer would
     * find no heap to schedule it, and it would sleep forever.
     */
    private boolean isReached(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isVirtual()) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(POLL);
            }
            if (trouble != null || System.nanoTime() - start > PATIENCE) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return phase + " at " + Arrays.toString(thread.getStackTrace());
    }
}
