package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The magazines of all owners together hold at most a quarter of a bounded cache, shared fairly. The budget stays exact
 * when threads change their shares concurrently.
 */
class MagazineBudgetTest {
    @Test
    void anUnboundedCacheHasMagazinesForEveryOwner() {
        MagazineBudget budget = new MagazineBudget(64, 256, Long.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            budget.enter();
            assertTrue(budget.change(0, budget.fair()));
        }
    }

    @ParameterizedTest
    @CsvSource({"64,516,64", "64,515,63", "64,12,1", "64,11,0", "64,0,0", "0,1000000,0", "1,12,1"})
    void aMagazineHoldsAtMostAnEighthOfTheBound(int wanted, long maxObjects, int expected) {
        MagazineBudget budget = new MagazineBudget(wanted, wanted, maxObjects);
        assertEquals(expected, budget.capacity());
        assertEquals(expected, budget.fair() / 2);
    }

    @Test
    void allOwnersTogetherHoldAtMostAQuarterOfTheBound() {
        for (long bound : new long[] {12, 100, 512, 1000, 1024, 9999}) {
            MagazineBudget budget = new MagazineBudget(64, 64, bound);
            long held = 0;
            for (int share = budget.fair(); budget.change(0, share); ) {
                held += share;
            }
            assertTrue(held <= bound / 4 && held + budget.fair() > bound / 4, held + " of " + bound);
        }
    }

    /** The share of each owner halves when the number of owners passes a power of two. */
    @ParameterizedTest
    @CsvSource({"1,255", "2,127", "3,64", "4,64", "5,32", "8,32", "9,16", "16,16", "17,8", "33,7", "100,7"})
    void theFairShareIsThatOfAsManyOwnersAsTheNextPowerOfTwo(int owners, int share) {
        MagazineBudget budget = new MagazineBudget(256, 1024, 1024);
        for (int i = 0; i < owners; i++) {
            budget.enter();
        }
        assertEquals(share, budget.fair());
        budget.enter();
        budget.leave();
        assertEquals(share, budget.fair());
    }

    @Test
    void eightOwnersHaveEightPlacesFrom256ObjectsOn() {
        MagazineBudget budget = new MagazineBudget(256, 1024, 256);
        for (int i = 0; i < 8; i++) {
            budget.enter();
            assertTrue(budget.change(0, Math.min(8, budget.fair())), "owner " + i);
        }
        assertEquals(8, budget.fair());
    }

    @Test
    void everyOwnerCanGetItsFairShare() {
        for (int owners = 1; owners <= 9; owners++) {
            MagazineBudget budget = new MagazineBudget(256, 1024, 256);
            for (int i = 0; i < owners; i++) {
                budget.enter();
                budget.change(0, 3);
            }
            int fair = budget.fair();
            for (int i = 0; i < owners; i++) {
                assertTrue(budget.change(3, fair), owners + " owners");
            }
        }
    }

    @Test
    void aLateOwnerGetsNothingUntilAnotherGivesBack() {
        MagazineBudget budget = new MagazineBudget(10, 10, 84);
        assertTrue(budget.isLeft(0, 21));
        assertTrue(budget.change(0, 21));
        assertFalse(budget.isLeft(0, 1));
        assertFalse(budget.change(0, 1));
        assertTrue(budget.change(21, 9));
        assertTrue(budget.isLeft(0, 12));
        assertFalse(budget.isLeft(0, 13));
        assertTrue(budget.change(0, 12));
        assertTrue(budget.change(9, 0));
        assertTrue(budget.change(12, 21));
    }

    /** Otherwise the owner that has everything would not learn that it has too much. */
    @Test
    void anOwnerThatGotNothingIsCountedToo() {
        MagazineBudget budget = new MagazineBudget(10, 10, 84);
        budget.enter();
        budget.change(0, 21);
        budget.enter();
        assertFalse(budget.change(0, 3));
        assertEquals(10, budget.fair());
    }

    @Test
    void anExhaustedBudgetGrantsNothingAndAcceptsReturns() {
        MagazineBudget budget = new MagazineBudget(10, 10, Long.MAX_VALUE);
        budget.change(0, 10);
        budget.exhaust();
        assertFalse(budget.change(0, 1));
        assertTrue(budget.change(10, 0));
        assertFalse(budget.change(0, 1));
    }

    @Test
    void ownersThatChangeTogetherGetNoMoreThanThereIs() throws Exception {
        MagazineBudget budget = new MagazineBudget(5, 5, 4 * 11 * 77);
        AtomicInteger given = new AtomicInteger();
        Threads.together(4, number -> {
            for (int i = 0; i < 1000; i++) {
                if (budget.change(0, 11)) {
                    given.incrementAndGet();
                    if (i % 2 == 0) {
                        budget.change(11, 0);
                        given.decrementAndGet();
                    }
                }
            }
        });
        while (budget.change(0, 11)) {
            given.incrementAndGet();
        }
        assertEquals(77, given.get());
    }
}
