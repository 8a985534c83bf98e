package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.OtherThread;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stack that overflows in a call of a lease, at whatever depth, leaves a lease that can still be closed, and no
 * object behind. The check must catch a change of state that may stop between two steps.
 */
class LeaseOverflowTest {
    private static final int STACK_BYTES = 256 << 10;
    private static final int ROUNDS = 5;
    private static final int DEPTHS = 200;

    /** Nothing of the check may need stack where the call had none. */
    private static int descend(int depth, Runnable call) {
        if (depth == 0) {
            call.run();
            return 0;
        }
        return descend(depth - 1, call) + 1;
    }

    private static boolean overflows(int depth, Runnable call) {
        try {
            descend(depth, call);
            return false;
        } catch (StackOverflowError e) {
            return true;
        }
    }

    private static int deepest() {
        int depth = 64;
        while (!overflows(depth, () -> {})) {
            depth += 64;
        }
        return depth;
    }

    /** Makes the call at each depth near the end of the stack; returns how often the stack overflowed in it. */
    private static int sweep(SlabCache cache, BiConsumer<SlabCache, Lease> call) {
        int overflows = 0;
        // In rounds, because compiled frames are smaller.
        for (int round = 0; round < ROUNDS; round++) {
            int deepest = deepest();
            for (int depth = deepest; depth > deepest - DEPTHS; depth--) {
                Lease lease = cache.allocateLeased();
                overflows += overflows(depth, () -> call.accept(cache, lease)) ? 1 : 0;
                lease.close();
                assertEquals(0, cache.stats().liveObjects(), "left behind at depth " + depth + " of " + deepest);
            }
        }
        return overflows;
    }

    /** Runs on a small stack, the depths of which are soon tried. */
    private static int onSmallStack(boolean lockless, BiConsumer<SlabCache, Lease> call) {
        SlabCache cache =
                SlabCache.builder("overflowing", 64).lockless(lockless).build();
        int[] overflows = new int[1];
        FutureTask<Integer> task = new FutureTask<>(() -> sweep(cache, call));
        new Thread(null, task, "small", STACK_BYTES).start();
        try {
            OtherThread.run(() -> overflows[0] = task.get());
        } finally {
            cache.closeNow();
        }
        return overflows[0];
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandOverThatOverflowsLeavesALeaseThatCanBeClosed(boolean lockless) {
        assertTrue(onSmallStack(lockless, (cache, lease) -> lease.handOver()) > 5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTakeOverThatOverflowsLeavesALeaseThatCanBeClosed(boolean lockless) {
        assertTrue(onSmallStack(lockless, (cache, lease) -> lease.handOver().takeOver()) > 5);
    }

    /** With magazines a close makes no such promise: it would cost too much. */
    @Test
    void aCloseWithoutMagazinesThatOverflowsCanBeRepeated() {
        assertTrue(onSmallStack(false, (cache, lease) -> lease.close()) > 5);
    }

    /** Known bad: two steps, of which the second one may never come. */
    private static void takeAndGiveBack(SlabCache cache) {
        long address = cache.allocateAddress();
        descend(20, () -> {});
        cache.freeAddress(address);
    }

    @Test
    void aCallThatStopsBetweenTwoStepsIsCaught() {
        assertThrows(Throwable.class, () -> onSmallStack(true, (cache, lease) -> takeAndGiveBack(cache)));
    }
}
