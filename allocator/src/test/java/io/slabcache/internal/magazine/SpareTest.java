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

class SpareTest {
    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);
    private final long address = supply.takeOne();
    private final long other = supply.takeOne();
    private final Slab slab = supply.find(address);
    private final MemorySegment handle = slab.handle(address);
    private final Spare spare = new Spare();

    private void adoptLive() {
        slab.markLive(address);
        spare.adopt(slab, address);
    }

    @Test
    void aNewOneGivesNothingAndTakesNothing() {
        assertFalse(spare.isIn());
        assertEquals(0, spare.take(supply.index()));
        assertNull(spare.takeHandle(supply.index()));
        assertEquals(0, spare.release());
        assertEquals(0, spare.cached());
        assertFalse(spare.give(address));
        assertFalse(spare.give(handle));
    }

    @Test
    void theAddressZeroIsNotTaken() {
        assertFalse(spare.give(0));
        adoptLive();
        assertFalse(spare.give(0));
    }

    @Test
    void anObjectGoesInAndOutByItsAddress() {
        adoptLive();
        for (int i = 0; i < 3; i++) {
            assertTrue(spare.give(address));
            assertTrue(spare.isIn());
            assertEquals(address, spare.cached());
            assertFalse(slab.isLive(address));
            assertEquals(address, spare.take(supply.index()));
            assertFalse(spare.isIn());
            assertEquals(0, spare.cached());
            assertTrue(slab.isLive(address));
        }
    }

    @Test
    void anObjectGoesInAndOutByItsHandle() {
        adoptLive();
        assertTrue(spare.give(handle));
        assertFalse(slab.isLive(address));
        assertSame(handle, spare.takeHandle(supply.index()));
        assertTrue(slab.isLive(address));
        assertNull(spare.takeHandle(supply.index()));
    }

    @Test
    void anotherObjectIsNotTaken() {
        adoptLive();
        slab.markLive(other);
        assertFalse(spare.give(other));
        assertFalse(spare.give(slab.handle(other)));
        assertFalse(spare.give(handle.asSlice(0)), "an equal view is looked at elsewhere");
        assertTrue(slab.isLive(other));
        assertTrue(slab.isLive(address));
    }

    @Test
    void theSecondFreeIsNotTaken() {
        adoptLive();
        assertTrue(spare.give(address));
        assertFalse(spare.give(address));
        assertFalse(spare.give(handle));
        spare.take(supply.index());
        slab.markFree(address);
        assertFalse(spare.give(address), "freed by another thread meanwhile");
        assertFalse(spare.give(handle));
        assertFalse(spare.isIn());
    }

    @Test
    void anObjectWhoseHandleNobodyWantedYetGetsOne() {
        spare.keep(slab, other);
        assertSame(slab.handle(other), spare.takeHandle(supply.index()));
        assertFalse(spare.isIn());
        assertTrue(slab.isLive(other));
    }

    @Test
    void anObjectThatIsKeptIsInAndFree() {
        spare.keep(slab, address);
        assertTrue(spare.isIn());
        assertEquals(address, spare.release());
        assertEquals(0, spare.release());
        assertFalse(slab.isLive(address));
    }

    @Test
    void anObjectThatIsInIsNotReplaced() {
        spare.keep(slab, address);
        assertThrows(AssertionError.class, () -> spare.adopt(slab, other));
        assertThrows(AssertionError.class, () -> spare.keep(slab, other));
        assertEquals(address, spare.cached());
    }

    @Test
    void whileACloseIsDecidedNothingIsHandedOut() {
        spare.keep(slab, address);
        assertFalse(supply.closeIf(() -> {
            assertEquals(0, spare.take(supply.index()));
            assertNull(spare.takeHandle(supply.index()));
            return false;
        }));
        assertEquals(address, spare.take(supply.index()));
    }

    @Test
    void afterTheCloseNothingIsHandedOutOrTaken() {
        adoptLive();
        supply.closeIf(() -> true);
        assertFalse(spare.give(address), "the caller has to learn that the cache is closed");
        assertFalse(spare.give(handle));
        assertEquals(0, spare.take(supply.index()));
    }
}
