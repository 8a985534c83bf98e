package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the Lincheck harness itself. */
class LincheckTest {
    @ParameterizedTest
    @EnumSource
    void whatWasCheckedIsCounted(Lincheck lincheck) {
        lincheck.assertLinearizable(Atomic.class, Counter.class, 2);
        assertEquals(2, CountingVerifier.scenarios());
        assertTrue(CountingVerifier.invocations() >= 2);
    }

    @ParameterizedTest
    @EnumSource
    void aRunWithoutScenariosFails(Lincheck lincheck) {
        AssertionError failure =
                assertThrows(AssertionError.class, () -> lincheck.assertLinearizable(Atomic.class, Counter.class, 0));
        assertTrue(failure.getMessage().startsWith("no scenario was run"), failure.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void aRaceIsCaught(Lincheck lincheck) {
        lincheck.assertCaught(Racy.class, Counter.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultThatOneThreadSeesIsNoRace(Lincheck lincheck) {
        assertThrows(AssertionError.class, () -> lincheck.assertCaught(Stuck.class, Counter.class));
    }

    /** The sequential specification of the counters below. */
    public static class Counter {
        private int count;

        public int next() {
            return ++count;
        }
    }

    /** Correct for any number of threads. */
    public static class Atomic {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        public int next() {
            return count.incrementAndGet();
        }
    }

    /** Correct for one thread only. */
    public static class Racy {
        private int count;

        @Operation
        public int next() {
            return ++count;
        }
    }

    /** Correct for no number of threads. */
    public static class Stuck {
        @Operation
        public int next() {
            return 1;
        }
    }
}
