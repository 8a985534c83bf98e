package io.slabcache.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.internal.debug.FaultInjector;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The text of {@code slabcache.debug.faults} is parsed into a plan, and the injector fails the allocations of that
 * plan. The test of repeatability must catch an injector that ignores its seed.
 */
class FaultTextTest {
    private static final long EVER = Long.MAX_VALUE;

    /** Returns the numbers, from 1, of the allocations that fail. */
    private static List<Integer> failing(int allocations, BooleanSupplier decisions) {
        return IntStream.rangeClosed(1, allocations)
                .filter(number -> decisions.getAsBoolean())
                .boxed()
                .toList();
    }

    private static List<Integer> failing(int allocations, AllocationFaults plan) {
        return failing(allocations, new FaultInjector(plan)::fails);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "rate=0.01,seed=42"        | 0.01 | 0 | 0  | 42
            "seed=42 , rate=1"         | 1    | 0 | 0  | 42
            interval=3                 | 0    | 3 | 0  | 1
            after=10                   | 0    | 1 | 10 | 1
            "after=10,interval=2"      | 0    | 2 | 10 | 1
            "rate=0.5,after=10"        | 0.5  | 0 | 10 | 1
            """)
    void aPlanIsParsedFromText(String text, double rate, long interval, long after, long seed) {
        assertEquals(new AllocationFaults(rate, interval, after, EVER, seed), FaultText.parse(text));
    }

    @Test
    void theNumberOfFailuresIsParsed() {
        assertEquals(new AllocationFaults(0, 1, 7, 2, 1), FaultText.parse("after=7,times=2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                      | expected name=value
            rate                    | expected name=value
            rate=1=2                | expected name=value
            "rate=1,"               | expected name=value
            "rate=1,rate=1"         | expected name=value
            rate=often              | rate is 'often'; expected a number
            interval=1.5            | interval is '1.5'; expected a number
            rate=1.5                | rate is 1.5; expected 0 to 1
            rate=NaN                | rate is NaN; expected 0 to 1
            rate=-1                 | rate is -1.0; expected 0 to 1
            rate=0                  | expected more than 0
            interval=-1             | interval is -1; expected 0 or more
            after=-1                | after is -1; expected 0 or more
            "after=1,times=0"       | times is 0; expected 1 or more
            "rate=0.5,interval=2"   | because an interval is given
            chance=1                | unknown name 'chance'
            """)
    void aBadTextSaysWhatWasExpected(String text, String expected) {
        IllegalArgumentException bad = assertThrows(IllegalArgumentException.class, () -> FaultText.parse(text));
        assertTrue(bad.getMessage().contains(expected), bad.getMessage());
    }

    @Test
    void everyThirdAllocationFails() {
        assertEquals(List.of(3, 6, 9), failing(10, new AllocationFaults(0, 3, 0, EVER, 1)));
    }

    @Test
    void theFirstAllocationsDoNotFail() {
        assertEquals(List.of(6, 7, 8), failing(8, new AllocationFaults(0, 1, 5, EVER, 1)));
        assertEquals(List.of(7, 9), failing(10, new AllocationFaults(0, 2, 5, EVER, 1)));
    }

    @Test
    void noMoreAllocationsFailThanConfigured() {
        assertEquals(List.of(6, 7), failing(20, new AllocationFaults(0, 1, 5, 2, 1)));
        assertEquals(3, failing(1000, new AllocationFaults(0.5, 0, 0, 3, 1)).size());
    }

    @Test
    void theSameSeedFailsTheSameAllocations() {
        AllocationFaults plan = new AllocationFaults(0.1, 0, 0, EVER, 42);
        List<Integer> failing = failing(10_000, plan);
        assertEquals(failing, failing(10_000, plan));
        assertNotEquals(failing, failing(10_000, new AllocationFaults(0.1, 0, 0, EVER, 43)));
        assertTrue(failing.size() > 900 && failing.size() < 1100, failing.size() + " of 10,000 at a rate of 0.1");
    }

    @Test
    void anInjectorThatIgnoresItsSeedIsCaught() {
        AllocationFaults plan = new AllocationFaults(0.1, 0, 0, EVER, 42);
        SplittableRandom unseeded = new SplittableRandom(System.nanoTime());
        assertNotEquals(failing(10_000, plan), failing(10_000, () -> unseeded.nextDouble() < plan.rate()));
    }

    @Test
    void aRateOfOneFailsEveryAllocation() {
        assertEquals(100, failing(100, new AllocationFaults(1, 0, 0, EVER, 5)).size());
    }

    @Test
    void aThreadKnowsWhetherItsLastFailureWasInjected() throws Exception {
        FaultInjector injector = new FaultInjector(new AllocationFaults(0, 2, 0, EVER, 1));
        injector.fails();
        assertEquals(false, injector.wasInjected());
        injector.fails();
        assertEquals(true, injector.wasInjected());
        Thread other = Thread.ofPlatform().start(injector::fails);
        other.join();
        assertEquals(true, injector.wasInjected());
        injector.fails();
        injector.fails();
        assertEquals(2, injector.failures());
    }
}
