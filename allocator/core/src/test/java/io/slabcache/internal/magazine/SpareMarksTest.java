package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import org.junit.jupiter.api.Test;

/**
 * The spare object of a thread is handed out and taken back under a generation or on lease, as well as by its address.
 */
class SpareMarksTest {
    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);
    private final long address = supply.takeOne();
    private final long other = supply.takeOne();
    private final Slab slab = supply.find(address);
    private final SpareObject spare = new ThreadCache(Thread.currentThread(), 3);

    private int adoptNumbered() {
        int generation = Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
        spare.adoptSpare(slab, address);
        return generation;
    }

    /** Gives an object back like a view with generations. */
    private boolean giveNumbered(int generation) {
        return spare.liveSpareGeneration(spare.spareAddress()) == generation && spare.giveNumberedSpare();
    }

    @Test
    void anEmptySpareHandsOutNothingAndTakesNothing() {
        assertEquals(-1, spare.takeSpareGeneration(spare.spareAddress()));
        assertFalse(spare.leaseSpare());
        assertEquals(-1, spare.liveSpareGeneration(spare.spareAddress()));
        assertFalse(spare.giveLeasedSpare(0));
        assertEquals(0, spare.spareAddress());
    }

    @Test
    void anObjectGoesInAndOutWithTheNextGenerationEachTime() {
        int generation = adoptNumbered();
        for (int i = 1; i <= 3; i++) {
            assertTrue(giveNumbered(generation));
            assertFalse(giveNumbered(generation), "it is in");
            assertFalse(slab.isLive(address));
            int next = spare.takeSpareGeneration(spare.spareAddress());
            assertEquals((generation + 1) & Generations.LAST_GENERATION, next);
            assertEquals(address, spare.spareAddress());
            assertTrue(Generations.isLive(slab.generations(), slab.place(address), next));
            assertFalse(giveNumbered(generation), "of the time before");
            generation = next;
        }
        assertEquals(3, spare.spareFrees);
    }

    @Test
    void theGenerationWrapsHereAsItDoesInTheSlab() {
        int generation = Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
        while (generation != Generations.LAST_GENERATION) {
            generation = Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
        }
        spare.adoptSpare(slab, address);
        assertTrue(giveNumbered(generation));
        assertEquals(0, spare.takeSpareGeneration(spare.spareAddress()));
    }

    @Test
    void whatWasHandedOutOtherwiseIsNotTakenForAGeneration() {
        int generation = adoptNumbered();
        assertTrue(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address)));
        assertFalse(giveNumbered(generation));
        slab.markLive(address);
        assertFalse(giveNumbered(generation));
        LeaseMarks.begin(slab.liveBytes(), slab.place(address));
        assertFalse(giveNumbered(generation));
        assertFalse(spare.giveSpare(address));
    }

    @Test
    void itLearnsOfGenerationsThatAreNewerThanItself() {
        slab.markLive(address);
        spare.adoptSpare(slab, address);
        int generation = Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
        assertFalse(giveNumbered(generation), "left to the slow path");
        spare.learnGenerations();
        assertTrue(giveNumbered(generation));
        assertTrue(spare.takeSpareGeneration(spare.spareAddress()) >= 0);
    }

    @Test
    void aSealedIndexKeepsTheObjectHere() {
        int generation = adoptNumbered();
        assertTrue(giveNumbered(generation));
        assertTrue(supply.closeIf(() -> {
            assertEquals(-1, spare.takeSpareGeneration(spare.spareAddress()));
            assertFalse(spare.leaseSpare());
            assertTrue(spare.isSpareIn());
            assertFalse(slab.isLive(address));
            return true;
        }));
    }

    @Test
    void anObjectGoesOutOnLeaseAndComesBackOnce() {
        slab.markLive(address);
        spare.adoptSpare(slab, address);
        assertTrue(spare.giveSpare(address));
        assertTrue(spare.leaseSpare());
        assertTrue(LeaseMarks.isLeased(slab.liveBytes(), slab.place(address)));
        assertSame(slab, spare.spareSlab());
        assertFalse(spare.leaseSpare(), "it is out");
        assertFalse(spare.giveSpare(address), "its lease frees it");
        assertFalse(spare.giveLeasedSpare(other));
        assertTrue(spare.giveLeasedSpare(address));
        assertFalse(spare.giveLeasedSpare(address));
        assertFalse(slab.isLive(address));
        assertTrue(spare.isSpareIn());
    }

    @Test
    void whatIsNotOnLeaseDoesNotComeBackFromOne() {
        slab.markLive(address);
        spare.adoptSpare(slab, address);
        assertFalse(spare.giveLeasedSpare(address));
        assertTrue(slab.isLive(address));
    }
}
