package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/**
 * A thread cache keeps one freed object at hand, its spare, which it gives out and takes back by address or by segment.
 * A second free, another object or a closed cache is left to the slow path.
 */
class SpareObjectTest {
    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);
    private final long address = supply.takeOne();
    private final long other = supply.takeOne();
    private final Slab slab = supply.find(address);
    private final MemorySegment handle = slab.handle(address);
    private final SpareObject spare = new ThreadCache(Thread.currentThread(), 3);

    private void adoptLive() {
        slab.markLive(address);
        spare.adoptSpare(slab, address);
    }

    @Test
    void anEmptySpareHandsOutNothingAndTakesNothing() {
        assertFalse(spare.isSpareIn());
        assertEquals(0, spare.takeSpare());
        assertNull(spare.takeSpareHandle());
        assertEquals(0, spare.releaseSpare());
        assertEquals(0, spare.cachedSpare());
        assertFalse(spare.giveSpare(address));
        assertFalse(spare.giveSpare(handle));
    }

    @Test
    void theAddressZeroIsNotTaken() {
        assertFalse(spare.giveSpare(0));
        adoptLive();
        assertFalse(spare.giveSpare(0));
    }

    @Test
    void anObjectGoesInAndOutByItsAddress() {
        adoptLive();
        for (int i = 0; i < 3; i++) {
            assertTrue(spare.giveSpare(address));
            assertTrue(spare.isSpareIn());
            assertEquals(address, spare.cachedSpare());
            assertFalse(slab.isLive(address));
            assertEquals(address, spare.takeSpare());
            assertFalse(spare.isSpareIn());
            assertEquals(0, spare.cachedSpare());
            assertTrue(slab.isLive(address));
        }
    }

    @Test
    void anObjectGoesInAndOutByItsHandle() {
        adoptLive();
        assertTrue(spare.giveSpare(handle));
        assertFalse(slab.isLive(address));
        assertSame(handle, spare.takeSpareHandle());
        assertTrue(slab.isLive(address));
        assertNull(spare.takeSpareHandle());
    }

    @Test
    void anotherObjectIsNotTaken() {
        adoptLive();
        slab.markLive(other);
        assertFalse(spare.giveSpare(other));
        assertFalse(spare.giveSpare(slab.handle(other)));
        assertFalse(spare.giveSpare(handle.asSlice(0)), "an equal view is left to the slow path");
        assertTrue(slab.isLive(other));
        assertTrue(slab.isLive(address));
    }

    @Test
    void aSecondFreeIsNotTaken() {
        adoptLive();
        assertTrue(spare.giveSpare(address));
        assertFalse(spare.giveSpare(address));
        assertFalse(spare.giveSpare(handle));
        spare.takeSpare();
        slab.markFree(address);
        assertFalse(spare.giveSpare(address), "another thread has freed it");
        assertFalse(spare.giveSpare(handle));
        assertFalse(spare.isSpareIn());
    }

    @Test
    void anObjectWithoutAHandleGetsOne() {
        spare.keepSpare(slab, other);
        assertSame(slab.handle(other), spare.takeSpareHandle());
        assertFalse(spare.isSpareIn());
        assertTrue(slab.isLive(other));
    }

    @Test
    void aKeptObjectIsCachedAndFree() {
        spare.keepSpare(slab, address);
        assertTrue(spare.isSpareIn());
        assertEquals(address, spare.releaseSpare());
        assertEquals(0, spare.releaseSpare());
        assertFalse(slab.isLive(address));
    }

    @Test
    void aCachedSpareObjectIsNotReplaced() {
        spare.keepSpare(slab, address);
        assertThrows(AssertionError.class, () -> spare.adoptSpare(slab, other));
        assertThrows(AssertionError.class, () -> spare.keepSpare(slab, other));
        assertEquals(address, spare.cachedSpare());
    }

    @Test
    void whileACloseIsDecidedNothingIsHandedOut() {
        spare.keepSpare(slab, address);
        assertFalse(supply.closeIf(() -> {
            assertEquals(0, spare.takeSpare());
            assertNull(spare.takeSpareHandle());
            return false;
        }));
        assertEquals(address, spare.takeSpare());
    }

    @Test
    void afterTheCloseNothingIsHandedOutOrTaken() {
        adoptLive();
        supply.closeIf(() -> true);
        assertFalse(spare.giveSpare(address), "the slow path must report the close");
        assertFalse(spare.giveSpare(handle));
        assertEquals(0, spare.takeSpare());
    }

    @Test
    void aSpareObjectCachedAtTheCloseIsNotHandedOut() {
        spare.keepSpare(slab, address);
        supply.closeIf(() -> true);
        assertEquals(0, spare.takeSpare());
        assertNull(spare.takeSpareHandle());
        assertFalse(slab.isLive(address));
    }
}
