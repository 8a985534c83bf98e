package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stripe has one holder at a time. The concurrent check must catch a stripe that is taken in two steps, a read and
 * then a write.
 */
@Timeout(30)
class StripesTest {
    private static final int CAPACITY = 4;

    @Test
    void thereAreTwoForEachProcessorRoundedUpToAPowerOfTwo() {
        assertEquals(2, Stripes.countFor(1));
        assertEquals(4, Stripes.countFor(2));
        assertEquals(8, Stripes.countFor(3));
        assertEquals(128, Stripes.countFor(64));
    }

    @Test
    void aStripeHasNoOwnerAndNoMagazinesUntilItIsUsed() {
        List<ThreadCache> all = new Stripes(4).all();
        assertEquals(4, all.size());
        all.forEach(stripe -> assertNull(stripe.owner()));
        all.forEach(stripe -> assertEquals(0, stripe.capacity(), "unused magazines"));
    }

    @Test
    void eachStripeIsTakenOnceUntilItIsReturned() {
        Stripes stripes = new Stripes(4);
        Set<ThreadCache> taken = new HashSet<>();
        for (int i = 0; i < stripes.all().size(); i++) {
            assertTrue(taken.add(stripes.tryHold()));
        }
        assertEquals(Set.copyOf(stripes.all()), taken);
        assertNull(stripes.tryHold());
        ThreadCache returned = stripes.all().get(1);
        returned.release();
        assertEquals(returned, stripes.tryHold());
        assertNull(stripes.tryHold());
    }

    @Test
    void aSingleThreadReturnsToItsStripe() {
        Stripes stripes = new Stripes(4);
        ThreadCache first = stripes.tryHold();
        first.release();
        assertEquals(first, stripes.tryHold());
    }

    /** Threads acquire and release a stripe; two threads never hold the same one. */
    private static void check(Supplier<ThreadCache> hold, Runnable whileHolding, int threads, int rounds)
            throws Exception {
        Map<ThreadCache, AtomicInteger> holders = new ConcurrentHashMap<>();
        AtomicInteger holds = new AtomicInteger();
        Threads.together(threads, number -> {
            for (int round = 0; round < rounds; round++) {
                ThreadCache stripe = hold.get();
                if (stripe != null) {
                    AtomicInteger here = holders.computeIfAbsent(stripe, s -> new AtomicInteger());
                    here.incrementAndGet();
                    whileHolding.run();
                    assertEquals(1, here.get(), "holders");
                    // A plain write, so a second holder would also show as lost objects.
                    stripe.push(1);
                    stripe.pop();
                    holds.incrementAndGet();
                    here.decrementAndGet();
                    stripe.release();
                }
            }
        });
        assertTrue(holds.get() > 0);
        assertEquals(
                holds.get(),
                holders.keySet().stream().mapToLong(ThreadCache::frees).sum());
    }

    @Test
    void noStripeEverHasTwoHolders() throws Exception {
        Stripes stripes = new Stripes(2);
        stripes.all().forEach(stripe -> Fixtures.withMagazines(stripe, CAPACITY));
        check(stripes::tryHold, () -> {}, 4, 20_000);
        assertEquals(2, stripes.all().size());
        stripes.all().forEach(stripe -> assertEquals(0, stripe.cached()));
        assertNotNull(stripes.tryHold());
    }

    @Test
    void theCheckFindsAStripeThatIsTakenInTwoSteps() {
        ThreadCache stripe = new ThreadCache(null, CAPACITY);
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        CyclicBarrier bothHold = new CyclicBarrier(2);
        Supplier<ThreadCache> takenInTwoSteps = () -> {
            boolean free = stripe.held == 0;
            Threads.meet(bothHaveRead);
            stripe.held = 1;
            return free ? stripe : null;
        };
        assertThrows(AssertionError.class, () -> check(takenInTwoSteps, () -> Threads.meet(bothHold), 2, 1));
    }
}
