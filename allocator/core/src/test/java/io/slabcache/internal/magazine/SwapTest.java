package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The first step of the slow path: the two magazines are swapped, and no other state is read. */
class SwapTest extends LayerUser {
    private static final int CAPACITY = 4;

    SwapTest() {
        super(Long.MAX_VALUE, CAPACITY);
    }

    /** Returns the caller's cache with an empty loaded magazine and a full previous one. */
    private ThreadCache withAFullPrevious() {
        ThreadCache own = layer.own();
        assertEquals(2 * CAPACITY, layer.prefill(own, 2 * CAPACITY));
        for (int i = 0; i < CAPACITY; i++) {
            assertNotEquals(0, own.pop());
        }
        own.swaps = 0;
        assertEquals(0, own.pop());
        return own;
    }

    @Test
    void aSwapFindsTheObjectsOfThePreviousMagazine() {
        ThreadCache own = withAFullPrevious();
        assertTrue(layer.swapToPop(own));
        assertEquals(CAPACITY, own.cached());
        assertNotEquals(0, own.pop());
    }

    @Test
    void aSwapMakesRoomForAFree() {
        ThreadCache own = withAFullPrevious();
        List<Long> held = allocate(CAPACITY);
        held.subList(0, CAPACITY - 1).forEach(address -> assertTrue(own.push(address)));
        long more = allocateAnother();
        assertTrue(own.push(held.get(CAPACITY - 1)));
        assertFalse(own.push(more));
        assertTrue(layer.swapAndPush(own, more));
        assertEquals(CAPACITY + 1, own.cached());
    }

    private long allocateAnother() {
        long[] taken = new long[1];
        assertEquals(1, supply.refill(taken, 0, 1));
        return taken[0];
    }

    @Test
    void afterManySwapsTheOwnerTakesTheFullSlowPath() {
        ThreadCache own = withAFullPrevious();
        own.swaps = MagazinePair.MOST_SWAPS;
        assertFalse(layer.swapToPop(own));
        assertEquals(CAPACITY, own.cached());
        assertNotEquals(0, layer.allocate(own));
        assertTrue(own.swaps <= 1, "the count of swaps starts again");
    }

    @Test
    void anOwnerWithARevokedQueueTakesTheFullSlowPath() {
        ThreadCache own = withAFullPrevious();
        own.revokeQueue();
        assertFalse(layer.swapToPop(own));
        assertFalse(layer.swapAndPush(own, 1));
        assertEquals(CAPACITY, own.cached());
    }

    @Test
    void aCacheWithoutMagazinesDoesNotSwap() {
        assertFalse(layer.swapToPop(ThreadCaches.none(false)));
        assertFalse(layer.swapAndPush(ThreadCaches.none(false), 1));
        assertEquals(0, ThreadCaches.none(false).swaps);
    }

    /** A swap that races with a close leaves no addresses behind, neither now nor at a later call. */
    @Test
    void aSwapAfterTheCloseLeavesNothing() {
        ThreadCache own = withAFullPrevious();
        assertTrue(supply.closeIf(() -> true));
        layer.swapToPop(own);
        assertEquals(0, own.cached());
        assertEquals(0, own.pop());
        assertFalse(layer.swapAndPush(own, 1));
    }
}
