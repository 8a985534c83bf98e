package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A free into the slab that the thread guesses does all its steps or none. */
class GuessedFreeTest {
    private static final int CAPACITY = 3;

    private final ThreadCache cache = new ThreadCache(Thread.currentThread(), CAPACITY);
    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);
    private long[] addresses;
    private Slab slab;

    @BeforeEach
    void learnTheSlabOfLiveObjects() {
        addresses = Fixtures.refill(supply, CAPACITY + 2);
        slab = supply.find(addresses[0]);
        for (long address : addresses) {
            slab.markLive(address);
        }
        long spare = addresses[CAPACITY + 1];
        cache.learn(slab, spare);
        assertTrue(cache.giveSpare(spare));
    }

    @Test
    void itMarksAndPushesALiveObject() {
        assertTrue(cache.freeGuessed(addresses[0]));
        assertFalse(slab.isLive(addresses[0]));
        assertEquals(2, cache.frees());
        assertEquals(addresses[0], cache.pop());
    }

    @Test
    void aSegmentHasToBeTheKeptOne() {
        MemorySegment kept = slab.handle(addresses[0]);
        assertRefused(() -> cache.freeGuessed(slab.newSegment(addresses[0])));
        assertTrue(cache.freeGuessed(kept));
        assertFalse(cache.freeGuessed(kept), "it is free");
        assertEquals(addresses[0], cache.pop());
    }

    @Test
    void withoutChecksAnySegmentIsPushed() {
        ThreadCache unchecked = new ThreadCache(Thread.currentThread(), CAPACITY, true);
        unchecked.learn(slab, addresses[1]);
        assertTrue(unchecked.giveSpare(addresses[1]));
        assertTrue(unchecked.freeGuessed(slab.newSegment(addresses[0])));
        assertEquals(addresses[0], unchecked.pop());
    }

    @Test
    void anObjectThatIsNotLiveIsRefused() {
        assertTrue(slab.markFree(addresses[0]));
        assertFalse(cache.freeGuessed(addresses[0]));
        assertFalse(cache.freeGuessed(addresses[0] + 1));
        assertFalse(cache.freeGuessed(0));
        assertEquals(1, cache.cached());
    }

    @Test
    void aFullMagazineLeavesTheObjectLive() {
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(cache.freeGuessed(addresses[i]));
        }
        assertFalse(cache.freeGuessed(addresses[CAPACITY]));
        assertTrue(slab.isLive(addresses[CAPACITY]));
        assertEquals(CAPACITY + 1, cache.cached());
    }

    @Test
    void aRevokedQueueLeavesTheObjectLive() {
        cache.revokeQueue();
        assertRefused(() -> cache.freeGuessed(addresses[0]));
    }

    @Test
    void aHiddenSlabLeavesTheObjectLive() {
        assertFalse(supply.closeIf(() -> {
            assertRefused(() -> cache.freeGuessed(addresses[0]));
            return false;
        }));
    }

    @Test
    void anObjectThatShouldBecomeTheSpareOneIsLeftToTheCaller() {
        cache.takeSpare();
        assertTrue(cache.wantsSpare());
        assertRefused(() -> cache.freeGuessed(addresses[0]));
        assertRefused(() -> cache.freeGuessed(slab.handle(addresses[0])));
    }

    private void assertRefused(BooleanSupplier free) {
        int before = cache.cached();
        assertFalse(free.getAsBoolean());
        assertTrue(slab.isLive(addresses[0]));
        assertEquals(before, cache.cached());
    }
}
