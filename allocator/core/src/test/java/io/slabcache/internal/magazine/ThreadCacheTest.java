package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The two magazines of a thread, as its fast paths use them: pop, push, swap, exchange and wipe. A random sequence of
 * calls is compared with a model of two stacks.
 */
class ThreadCacheTest {
    private final ThreadCache cache = new ThreadCache(Thread.currentThread(), 3);

    private List<Long> shown() {
        return shown(cache);
    }

    private static List<Long> shown(ThreadCache cache) {
        List<Long> shown = new ArrayList<>();
        cache.forEach(shown::add);
        return shown;
    }

    private void push(long... addresses) {
        for (long address : addresses) {
            assertTrue(cache.push(address));
        }
    }

    @Test
    void aNewCacheHasNothingToPop() {
        assertEquals(0, cache.pop());
        assertEquals(0, cache.cached());
        assertEquals(3, cache.capacity());
        assertFalse(cache.swapToPop());
        assertTrue(cache.swapToPush());
    }

    @Test
    void theLastPushedIsPoppedFirst() {
        push(10, 20, 30);
        assertEquals(30, cache.pop());
        push(40);
        assertEquals(40, cache.pop());
        assertEquals(20, cache.pop());
        assertEquals(10, cache.pop());
        assertEquals(0, cache.pop());
        assertEquals(0, cache.pop());
        assertEquals(0, cache.cached());
    }

    @Test
    void aFullMagazineTakesNothing() {
        push(10, 20, 30);
        assertFalse(cache.push(40));
        assertEquals(3, cache.frees());
        assertEquals(List.of(10L, 20L, 30L), shown());
    }

    @Test
    void unpopDoesNotCountAsAFree() {
        push(10, 20);
        cache.unpop(cache.pop());
        assertEquals(2, cache.frees());
        assertEquals(20, cache.pop());
    }

    @Test
    void withoutCapacityNothingIsPoppedPushedOrSwapped() {
        ThreadCache none = new ThreadCache(null, 0);
        assertEquals(0, none.pop());
        assertFalse(none.push(10));
        assertFalse(none.swapToPop());
        assertFalse(none.swapToPush());
        assertEquals(0, none.frees() + none.cached() + none.capacity());
    }

    @Test
    void anEmptyMagazineIsSwappedForAFullOne() {
        push(10, 20, 30);
        assertTrue(cache.swapToPush());
        push(40);
        assertEquals(40, cache.pop());
        assertEquals(0, cache.pop());
        assertTrue(cache.swapToPop());
        assertEquals(30, cache.pop());
    }

    /** Otherwise it would swap twice in each burst, forever. */
    @Test
    void anOwnerOfSlightlyMoreThanOneMagazineSoonStopsSwapping() {
        ThreadCache large = new ThreadCache(Thread.currentThread(), 10);
        for (long address = 1; address <= 12; address++) {
            assertTrue(large.swapToPush() && large.push(address));
        }
        int swaps = 0;
        for (int burst = 0; burst < 100; burst++) {
            long[] held = new long[4];
            for (int i = 0; i < 4; i++) {
                held[i] = large.pop();
                if (held[i] == 0) {
                    swaps++;
                    assertTrue(large.swapToPop());
                    held[i] = large.pop();
                }
            }
            for (int i = 0; i < 4; i++) {
                if (!large.push(held[i])) {
                    swaps++;
                    assertTrue(large.swapToPush() && large.push(held[i]));
                }
            }
            assertEquals(12, large.cached());
        }
        assertTrue(swaps <= 3, swaps + " swaps");
        assertEquals(12, shown(large).stream().distinct().count());
    }

    @Test
    void aUsableMagazineIsNotSwapped() {
        push(10, 20);
        Magazine loaded = cache.loaded;
        assertTrue(cache.swapToPop());
        assertTrue(cache.swapToPush());
        assertSame(loaded, cache.loaded);
    }

    @Test
    void twoFullMagazinesHaveNoRoomAndTwoEmptyOnesNothing() {
        push(10, 20, 30);
        assertTrue(cache.swapToPush());
        push(40, 50, 60);
        assertFalse(cache.swapToPush());
        for (int i = 0; i < 6; i++) {
            cache.swapToPop();
            cache.pop();
        }
        assertFalse(cache.swapToPop());
        assertEquals(0, cache.cached());
    }

    @Test
    void theTwoMagazinesTogetherAreAStackOfTwiceTheCapacity() {
        // Between two swaps only: a swap reverses the stack, so the model is one stack for each magazine.
        Random random = new Random(8);
        Deque<Long> loaded = new ArrayDeque<>();
        Deque<Long> previous = new ArrayDeque<>();
        boolean poppedLast = false;
        long next = 1;
        for (int step = 0; step < 5000; step++) {
            if (random.nextBoolean()) {
                if (loaded.size() == 3 && previous.size() < 3) {
                    Deque<Long> other = previous;
                    previous = loaded;
                    loaded = other;
                    if (poppedLast) {
                        Deque<Long> hottest = new ArrayDeque<>();
                        for (int room = (3 - other.size()) / 2; room > 0; room--) {
                            hottest.push(previous.pop());
                        }
                        hottest.forEach(other::push);
                    }
                    poppedLast = false;
                }
                assertEquals(loaded.size() < 3, cache.swapToPush());
                assertEquals(loaded.size() < 3, cache.push(next));
                if (loaded.size() < 3) {
                    loaded.push(next++);
                }
            } else {
                if (loaded.isEmpty() && !previous.isEmpty()) {
                    Deque<Long> other = previous;
                    previous = loaded;
                    loaded = other;
                    poppedLast = true;
                }
                assertEquals(!loaded.isEmpty(), cache.swapToPop());
                assertEquals(loaded.isEmpty() ? 0 : loaded.pop(), cache.pop());
            }
            assertEquals(loaded.size() + previous.size(), cache.cached());
            assertSame(cache.loaded.queue, cache.queue);
        }
        assertEquals(next - 1, cache.frees());
    }

    @Test
    void theLoadedMagazineIsTakenOutWithItsSize() {
        push(10, 20);
        Magazine other = Fixtures.magazine(3, 70);
        Magazine old = cache.replaceLoaded(other);
        assertEquals(2, old.size);
        assertEquals(20, old.queue[1]);
        assertSame(other, cache.loaded);
        assertEquals(70, cache.pop());
        assertEquals(0, cache.pop());
    }

    @Test
    void aShiftTakesThePreviousMagazineOut() {
        push(10, 20, 30);
        assertTrue(cache.swapToPush());
        push(40, 50);
        Magazine empty = new Magazine(3);
        Magazine old = cache.shift(empty);
        assertEquals(3, old.size);
        assertEquals(10, old.queue[0]);
        assertSame(empty, cache.loaded);
        assertEquals(2, cache.previous.size);
        assertEquals(2, cache.cached());
        assertEquals(0, cache.pop());
    }

    @Test
    void unloadingBringsTheSizeUpToDateAndLeavesTheMagazineLoaded() {
        push(10, 20);
        cache.pop();
        assertEquals(1, cache.unload().size);
        assertSame(cache.loaded, cache.unload());
        assertEquals(10, cache.pop());
    }

    @Test
    void everyCachedAddressIsShownOnce() {
        push(10, 20, 30);
        cache.swapToPush();
        push(40);
        cache.pop();
        push(50);
        assertEquals(List.of(10L, 20L, 30L, 50L), shown().stream().sorted().toList());
    }

    @Test
    void aWipedCacheHandsOutNothingAlthoughItsSizesStay() {
        push(10, 20, 30);
        cache.swapToPush();
        push(40);
        cache.wipe();
        assertEquals(0, cache.cached());
        assertFalse(cache.swapToPop());
        assertEquals(0, cache.pop());
        assertFalse(cache.push(50), "a later pop would return memory that was given back");
    }

    @Test
    void aStripeHasOneHolderAtATime() throws Exception {
        ThreadCache stripe = new ThreadCache(null, 3);
        assertTrue(stripe.tryHold());
        assertFalse(stripe.tryHold());
        assertFalse(Threads.onAnother(stripe::tryHold));
        stripe.release();
        assertTrue(Threads.onAnother(stripe::tryHold));
    }
}
