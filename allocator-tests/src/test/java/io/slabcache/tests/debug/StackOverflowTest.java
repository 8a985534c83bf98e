package io.slabcache.tests.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.OtherThread;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A thread whose stack overflows in a call of the cache leaves no object in two places. The check must catch a cache
 * that does not withstand an overflow.
 */
class StackOverflowTest extends DebugContract {
    private static final int ROUNDS = 5;
    private static final int STACK_BYTES = 512 << 10;

    /** An array and plain stores, because a call for the bookkeeping could overflow, too. */
    private final long[] live = new long[1 << 20];

    private int count;

    private void descend() {
        long address = cache.tryAllocateAddress();
        live[count] = address;
        count += address == 0 ? 0 : 1;
        if (address != 0 && count % 3 == 0) {
            cache.freeAddress(live[count - 1]);
            count--;
        }
        descend();
    }

    /** Runs on a small stack, which is walked faster for the tracks. */
    private void overflow() {
        FutureTask<StackOverflowError> task =
                new FutureTask<>(() -> assertThrows(StackOverflowError.class, this::descend));
        new Thread(null, task, "small", STACK_BYTES).start();
        OtherThread.run(task::get);
    }

    static Stream<Arguments> ways() {
        return Stream.concat(Stream.of(Debug.values()).map(List::of), Stream.of(List.of(USUAL)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void noObjectIsLostAndNoLockIsHeld(List<Debug> ways) {
        open(ways.toArray(Debug[]::new));
        for (int round = 0; round < ROUNDS; round++) {
            overflow();
            Healthy.check(cache);
            assertTrue(Math.abs(cache.stats().liveObjects() - count) <= 1, () -> count + " in " + cache.stats());
            while (count > 0) {
                free(live[--count]);
            }
        }
        assertTrue(cache.stats().frees() > ROUNDS);
        assertTrue(reports.stream().allMatch(report -> report.kind() == Kind.DOUBLE_FREE));
    }

    /** The call that overflowed may already have freed the last object. */
    private void free(long address) {
        try {
            cache.freeAddress(address);
        } catch (InvalidFreeException e) {
            assertEquals(InvalidFreeException.Kind.DOUBLE_FREE, e.kind());
        }
    }
}
