package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagazineBudgetTest {
    @Test
    void anUnboundedCacheHasMagazinesForEveryThread() {
        MagazineBudget budget = new MagazineBudget(64, 64, Long.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(64, budget.take());
        }
        assertTrue(budget.isLeft());
    }

    @ParameterizedTest
    @CsvSource({"64,516,64", "64,515,63", "64,12,1", "64,11,0", "64,0,0", "0,1000000,0", "1,12,1"})
    void aMagazineHoldsAtMostAnEighthOfTheBound(int wanted, long maxObjects, int expected) {
        assertEquals(expected, new MagazineBudget(wanted, wanted, maxObjects).capacity());
    }

    @Test
    void allThreadsTogetherHoldAtMostAQuarterOfTheBound() {
        for (long bound : new long[] {12, 100, 512, 1000, 1024, 9999}) {
            MagazineBudget budget = new MagazineBudget(64, 64, bound);
            long share = 2L * budget.capacity() + 1;
            long held = 0;
            while (budget.take() > 0) {
                held += share;
            }
            assertTrue(held <= bound / 4 && held + share > bound / 4, held + " of " + bound);
            assertFalse(budget.isLeft());
        }
    }

    @Test
    void whoComesTooLateGetsNothingUntilSomebodyGivesBack() {
        MagazineBudget budget = new MagazineBudget(10, 10, 84);
        assertTrue(budget.isLeft());
        assertEquals(10, budget.take());
        assertFalse(budget.isLeft());
        assertEquals(0, budget.take());
        budget.giveBack();
        assertTrue(budget.isLeft());
        assertEquals(10, budget.take());
    }

    @Test
    void magazinesMayGrowWhereSixteenThreadsWouldHaveLargeOnes() {
        assertEquals(256, new MagazineBudget(64, 256, 4L * 16 * (2 * 256 + 1)).largest());
        assertEquals(64, new MagazineBudget(64, 256, 4L * 16 * (2 * 256 + 1) - 4).largest());
    }

    @Test
    void aThreadTakesTheShareOfTheMagazinesThatItMayGet() {
        MagazineBudget budget = new MagazineBudget(64, 256, 4L * 16 * (2 * 256 + 1));
        for (int i = 0; i < 16; i++) {
            assertEquals(64, budget.take());
        }
        assertFalse(budget.isLeft());
        assertEquals(0, budget.take());
    }

    @Test
    void aBudgetWithoutCapacityIsNeverLeft() {
        MagazineBudget budget = new MagazineBudget(0, 0, Long.MAX_VALUE);
        assertFalse(budget.isLeft());
        assertEquals(0, budget.take());
    }

    @Test
    void threadsThatTakeTogetherGetNoMoreThanThereIs() throws Exception {
        MagazineBudget budget = new MagazineBudget(5, 5, 4 * 11 * 77);
        AtomicInteger given = new AtomicInteger();
        Threads.together(4, number -> {
            for (int i = 0; i < 1000; i++) {
                if (budget.take() > 0) {
                    given.incrementAndGet();
                    if (i % 2 == 0) {
                        budget.giveBack();
                        given.decrementAndGet();
                    }
                }
            }
        });
        while (budget.take() > 0) {
            given.incrementAndGet();
        }
        assertEquals(77, given.get());
    }
}
