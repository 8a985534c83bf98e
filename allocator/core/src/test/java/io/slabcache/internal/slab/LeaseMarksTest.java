package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A lease is a mark in an object's live byte that only the lease itself ends. */
class LeaseMarksTest {
    private final Slab slab = Slabs.at(0x7f00_1234_0040L, Slabs.geometry(48), 100);
    private final long address = slab.address(7);

    private static int renew(Slab slab, long address) {
        return Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
    }

    private boolean markAnyFree(long address) {
        return slab.markFree(address)
                || Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address));
    }

    @Test
    void theFastFreeRefusesGenerationsAndLeases() {
        renew(slab, address);
        assertFalse(slab.markFree(address));
        LeaseMarks.begin(slab.liveBytes(), slab.place(address));
        assertFalse(slab.markFree(address));
        assertFalse(markAnyFree(address), "only the lease itself ends it");
        assertTrue(LeaseMarks.isLeased(slab.liveBytes(), slab.place(address)));
        assertTrue(slab.isLive(address));
    }

    @Test
    void aLeaseEndsOnce() {
        assertFalse(LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address)));
        slab.markLive(address);
        assertFalse(LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address)));
        LeaseMarks.begin(slab.liveBytes(), slab.place(address));
        assertTrue(LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address)));
        assertFalse(LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address)));
        assertFalse(slab.isLive(address));
    }

    @Test
    void onlyALeaseOutlivesItsSlab() {
        slab.markLive(slab.address(1));
        renew(slab, slab.address(2));
        LeaseMarks.begin(slab.liveBytes(), slab.place(address));
        slab.retire();
        assertFalse(slab.isLive(slab.address(1)));
        assertNull(slab.generations());
        assertTrue(LeaseMarks.isLeased(slab.liveBytes(), slab.place(address)));
        assertTrue(slab.isAnyLeased());
        assertTrue(LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address)));
        assertFalse(slab.isAnyLeased());
    }
}
