package io.slabcache.internal.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bytes of a ledger never exceed its limit, and its caches are asked before a call is refused. */
@Timeout(60)
class LedgerTest {
    private static final long LIMIT = 1000;
    private static final int THREADS = 8;

    /**
     * Lets threads take and give back bytes, and counts what they hold by itself.
     *
     * @return the most bytes that they held at a time
     */
    private static long mostHeld(LongPredicate take, LongConsumer giveBack) throws InterruptedException {
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long bytes = 150 + 25 * i;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 5_000; round++) {
                    if (take.test(bytes)) {
                        long now = held.addAndGet(bytes);
                        most.accumulateAndGet(now, Math::max);
                        // So that threads hold bytes at the same time, also on one processor.
                        Thread.yield();
                        held.addAndGet(-bytes);
                        giveBack.accept(bytes);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return most.get();
    }

    @Test
    void eightThreadsNeverHoldMoreThanTheLimit() throws InterruptedException {
        Ledger ledger = new Ledger(LIMIT);
        long most = mostHeld(ledger::take, ledger::giveBack);
        assertTrue(most > LIMIT / 2 && most <= LIMIT, "held " + most);
        assertEquals(0, ledger.used());
    }

    /** Known bad: another thread may take the bytes between the look at them and the addition. */
    @Test
    void aCheckBeforeTheAdditionIsCaught() throws InterruptedException {
        AtomicLong used = new AtomicLong();
        long most = mostHeld(
                bytes -> {
                    if (bytes > LIMIT - used.get()) {
                        return false;
                    }
                    Thread.yield();
                    used.addAndGet(bytes);
                    return true;
                },
                bytes -> used.addAndGet(-bytes));
        assertTrue(most > LIMIT, "held " + most);
    }

    @Test
    void aNumberTooLargeToAddIsRefused() {
        Ledger ledger = new Ledger(Long.MAX_VALUE);
        ledger.open(Long.MAX_VALUE - 1);
        assertFalse(ledger.take(Long.MAX_VALUE));
        assertThrows(BudgetSpentError.class, () -> ledger.open(2));
        ledger.open(1);
        assertEquals(2, ledger.regions());
        ledger.close(1);
        ledger.close(Long.MAX_VALUE - 1);
        assertEquals(0, ledger.used());
        assertEquals(0, ledger.regions());
    }

    /** A cache with some regions of ten bytes, and a record of the questions. */
    private static final class Cache implements Reclaimable {
        private final Ledger ledger;
        private final boolean needsThoroughness;
        private int regions;
        private int calls;

        Cache(Ledger ledger, int regions, boolean needsThoroughness) {
            this.ledger = ledger;
            this.regions = regions;
            this.needsThoroughness = needsThoroughness;
            for (int i = 0; i < regions; i++) {
                ledger.open(10);
            }
        }

        @Override
        public long giveBackOne(boolean thoroughly) {
            calls++;
            if (regions == 0 || needsThoroughness && !thoroughly) {
                return 0;
            }
            regions--;
            ledger.close(10);
            return 10;
        }
    }

    @Test
    void oneCallTakesOneRegionOfOthersAtMost() {
        Ledger ledger = new Ledger(100);
        Cache cache = new Cache(ledger, 10, false);
        Membership membership = ledger.join("cache", cache, () -> 10 * cache.regions);
        assertThrows(BudgetSpentError.class, () -> ledger.open(20));
        assertEquals(9, cache.regions);
        ledger.open(20);
        assertEquals(8, cache.regions);
        assertEquals(100, ledger.used());
        membership.end();
    }

    @Test
    void memoryThatIsFreeAlreadyGoesFirstWhoeverHasIt() {
        Ledger ledger = new Ledger(100);
        Cache large = new Cache(ledger, 7, true);
        Cache small = new Cache(ledger, 3, false);
        Membership one = ledger.join("large", large, () -> 10 * large.regions);
        Membership other = ledger.join("small", small, () -> 10 * small.regions);
        ledger.open(10);
        assertEquals(7, large.regions);
        assertEquals(2, small.regions);
        assertEquals(1, large.calls);
        one.end();
        other.end();
    }

    @Test
    void moreThanTheWholeLimitDisturbsNoCache() {
        Ledger ledger = new Ledger(100);
        Cache cache = new Cache(ledger, 10, false);
        Membership membership = ledger.join("cache", cache, () -> 100);
        assertThrows(BudgetSpentError.class, () -> ledger.open(101));
        assertEquals(0, cache.calls);
        membership.end();
    }

    @Test
    void theErrorNamesLimitUsedAskedAndTheLargestCaches() {
        Ledger ledger = new Ledger(1000);
        ledger.open(900);
        List<Membership> memberships = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            long bytes = 10L * i;
            memberships.add(ledger.join("cache " + i, thoroughly -> 0, () -> bytes));
        }
        memberships.get(6).end();
        String message =
                assertThrows(BudgetSpentError.class, () -> ledger.open(101)).getMessage();
        assertTrue(
                message.startsWith(
                        "memory budget is spent: asked for 101 bytes, 900 of at most 1000 are used; the largest"
                                + " caches in bytes: cache 7 70 (closed or abandoned), cache 6 60, cache 5 50, cache 4 40, cache 3"
                                + " 30, and 2 more 30; "),
                message);
        assertEquals(900, ledger.used());
    }

    @Test
    void aCacheThatOnlyTheLedgerKnowsIsCollected() throws InterruptedException {
        Ledger ledger = new Ledger(100);
        WeakReference<Cache> reference = joinAndForget(ledger);
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(reference.get());
        assertTrue(ledger.spent(1).getMessage().contains("forgotten 50 (closed or abandoned)"));
    }

    private static WeakReference<Cache> joinAndForget(Ledger ledger) {
        Cache cache = new Cache(ledger, 5, false);
        ledger.join("forgotten", cache, () -> 50);
        return new WeakReference<>(cache);
    }

    @Test
    void cachesThatAreClosedAndEmptyLeaveNothingBehind() {
        Ledger ledger = new Ledger(100);
        for (int i = 0; i < 1000; i++) {
            ledger.join("cache", thoroughly -> 0, () -> 0).end();
        }
        Membership last = ledger.join("last", thoroughly -> 0, () -> 7);
        assertTrue(ledger.spent(1).getMessage().contains("in bytes: last 7;"));
        assertEquals(1, ledger.members());
        last.end();
    }
}
