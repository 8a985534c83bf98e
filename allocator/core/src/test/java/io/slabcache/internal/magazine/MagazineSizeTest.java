package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.Threads;
import org.junit.jupiter.api.Test;

/**
 * Magazines double in capacity when threads often wait for the depot, or when one thread takes back what it gave. Rare
 * waits and one-way traffic do not make them grow.
 */
class MagazineSizeTest {
    private static final int VISITS = 64;

    private final MagazineSize size = Fixtures.size(4, 16);

    @Test
    void theCapacityDoublesUpToItsBoundWhileOneInEightVisitsWaits() {
        long waits = 0;
        for (int expected : new int[] {8, 16, 16}) {
            waits += VISITS / 8;
            size.adapt(VISITS, waits);
            assertEquals(expected, size.capacity());
        }
    }

    @Test
    void theBudgetMayAllowLess() {
        MagazineBudget budget = new MagazineBudget(4, 16, 4 * 20);
        MagazineSize limited = new MagazineSize(budget);
        for (int i = 1; i <= 2; i++) {
            limited.adapt(VISITS, i * VISITS);
        }
        assertEquals(9, limited.full(), "two magazines and the spare object");
        assertEquals(9, limited.capacity());
        budget.enter();
        budget.enter();
        assertEquals(5, limited.capacity(), "half of the places are another owner's");
        assertEquals(9, limited.full());
    }

    @Test
    void fewWaitsAreTolerated() {
        for (int period = 1; period < 10; period++) {
            size.adapt(VISITS, period * (VISITS / 8L - 1));
        }
        assertEquals(4, size.capacity());
    }

    @Test
    void itGrowsWhenAThreadTakesBackWhatItGave() {
        for (int i = 0; i < VISITS / 8; i++) {
            size.given();
            size.taken();
        }
        size.adapt(VISITS, 0);
        assertEquals(8, size.capacity());
    }

    @Test
    void itGrowsWhenAThreadTakesBackAllThatItGaveInARow() {
        for (int i = 0; i < VISITS / 8; i++) {
            size.given();
        }
        for (int i = 0; i < VISITS / 8; i++) {
            size.taken();
        }
        size.adapt(VISITS, 0);
        assertEquals(8, size.capacity());
    }

    @Test
    void burstsMayMakeItGrowMoreThanWaits() {
        MagazineSize wide = Fixtures.size(4, 64);
        for (int period = 1; period <= 8; period++) {
            wide.adapt(VISITS, (long) period * VISITS);
        }
        assertEquals(16, wide.capacity(), "waits");
        for (int period = 9; period <= 16; period++) {
            for (int i = 0; i < VISITS / 2; i++) {
                wide.given();
                wide.taken();
            }
            wide.adapt(VISITS, (long) period * VISITS);
        }
        assertEquals(64, wide.capacity(), "bursts");
    }

    @Test
    void whatAnotherThreadTookIsNotTakenBack() throws Exception {
        for (int i = 0; i < VISITS / 8; i++) {
            size.given();
        }
        Threads.start(() -> {
                    for (int i = 0; i < VISITS / 8; i++) {
                        size.taken();
                    }
                    return null;
                })
                .result();
        for (int i = 0; i < VISITS / 8; i++) {
            size.taken();
        }
        size.adapt(VISITS, 0);
        assertEquals(4, size.capacity());
    }

    @Test
    void itDoesNotGrowWhenOneThreadGivesAndAnotherTakes() throws Exception {
        for (int i = 0; i < VISITS / 8; i++) {
            size.given();
            Threads.start(() -> {
                        size.taken();
                        return null;
                    })
                    .result();
        }
        size.adapt(VISITS, 0);
        assertEquals(4, size.capacity());
    }

    @Test
    void aMagazineThatWasGivenOnceCountsAsTakenBackOnce() {
        for (int i = 0; i < 2 * VISITS; i++) {
            size.taken();
        }
        size.given();
        size.taken();
        size.taken();
        size.adapt(VISITS, 0);
        assertEquals(4, size.capacity());
    }
}
