package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.Threads;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads that exchange magazines at random neither lose nor duplicate one. The check must catch a depot without a
 * lock, and one that drops the magazines it receives.
 */
@Timeout(30)
class DepotConservationTest {
    private static final int CAPACITY = 4;
    private static final int FULL = 20;

    /** The calls of a depot that the check needs. */
    private record Exchange(
            UnaryOperator<Magazine> forFull,
            UnaryOperator<Magazine> forEmpty,
            Supplier<Magazine> takeFull,
            Predicate<Magazine> giveFull) {}

    /** Each thread exchanges at random. At the end, threads and depot together hold each magazine once. */
    private static void check(Exchange depot, int threads, int rounds) throws Exception {
        for (Magazine magazine : Fixtures.fullMagazines(FULL, CAPACITY)) {
            assertTrue(depot.giveFull.test(magazine));
        }
        Addresses found = new Addresses();
        Threads.together(threads, number -> {
            Random random = new Random(number);
            Magazine mine = new Magazine(CAPACITY);
            for (int round = 0; round < rounds; round++) {
                Magazine other = mine.size == 0 ? depot.forFull.apply(mine) : depot.forEmpty.apply(mine);
                mine = other == null ? mine : other;
                if (mine.size == 0 && random.nextInt(4) == 0) {
                    Magazine full = depot.takeFull.get();
                    mine = full == null ? mine : full;
                }
            }
            mine.forEach(found::add);
        });
        for (Magazine magazine; (magazine = depot.takeFull.get()) != null; ) {
            magazine.forEach(found::add);
        }
        found.assertHoldsEachOnce(LongStream.rangeClosed(1, FULL * CAPACITY));
    }

    @Test
    void threadsThatWaitForTheLockConserveEveryObject() throws Exception {
        Depot depot = Fixtures.depot(CAPACITY, FULL);
        check(
                new Exchange(depot::exchangeForFull, depot::exchangeForEmpty, depot::takeFull, depot::giveFull),
                4,
                20_000);
        assertEquals(depot.counts().puts(), depot.counts().gets());
    }

    @Test
    void threadsThatDoNotWaitConserveEveryObject() throws Exception {
        Depot depot = Fixtures.depot(CAPACITY, FULL);
        check(
                new Exchange(depot::tryExchangeForFull, depot::tryExchangeForEmpty, depot::takeFull, depot::giveFull),
                4,
                20_000);
        assertEquals(depot.counts().puts(), depot.counts().gets());
    }

    @Test
    void theCheckFindsADepotWithoutALock() {
        UnlockedDepot bad = new UnlockedDepot();
        Exchange exchange = new Exchange(
                bad::exchangeForFull,
                full -> bad.giveFull(full) ? new Magazine(CAPACITY) : null,
                bad::takeFull,
                bad::giveFull);
        assertThrows(AssertionError.class, () -> check(exchange, 2, 1));
    }

    @Test
    void theCheckFindsADepotThatForgetsWhatItTookIn() {
        Depot depot = Fixtures.depot(CAPACITY, FULL);
        Exchange exchange =
                new Exchange(depot::exchangeForFull, full -> new Magazine(CAPACITY), depot::takeFull, depot::giveFull);
        assertThrows(AssertionError.class, () -> check(exchange, 1, 2));
    }

    /** A stack without a lock: both threads read its top before either writes it. */
    private static final class UnlockedDepot {
        private final CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        private final CyclicBarrier bothHaveWritten = new CyclicBarrier(2);
        private Magazine full;

        Magazine exchangeForFull(Magazine empty) {
            Magazine top = full;
            Threads.meet(bothHaveRead);
            full = top.below;
            Threads.meet(bothHaveWritten);
            return top;
        }

        Magazine takeFull() {
            Magazine top = full;
            full = top == null ? null : top.below;
            return top;
        }

        boolean giveFull(Magazine given) {
            given.below = full;
            full = given;
            return true;
        }
    }
}
