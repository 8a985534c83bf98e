package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The marks of an object: live, free, on lease, or live under a generation. A stale generation or lease never frees the
 * object of another owner, even while that object is handed out concurrently.
 */
@Timeout(30)
class ObjectMarksTest {
    private static final long BASE = 0x7f00_1234_0040L;

    private static final int NONES = -1;
    private static final int THE_END = -2;
    private static final int SPINS = 10_000;
    private static final long LONGEST = 10_000_000_000L;

    private final Slab slab = Slabs.at(BASE, Slabs.geometry(48), 100);
    private final long address = slab.address(7);
    private final long neighbour = slab.address(8);

    @Test
    void eachRenewalHasTheNextGeneration() {
        int first = slab.renew(address);
        slab.markFree(address, first);
        int second = slab.renew(address);
        assertEquals((first + 1) & Slab.LAST_GENERATION, second);
        assertTrue(slab.isLive(address, second));
        assertFalse(slab.isLive(address, first));
        assertEquals(second, slab.generation(address));
    }

    @Test
    void aGenerationFreesOnceAndOnlyItsOwnObject() {
        int generation = slab.renew(address);
        int other = slab.renew(neighbour);
        assertEquals(generation, other, "both are the first of one slab");
        assertFalse(slab.markFree(address, generation - 1));
        assertTrue(slab.markFree(address, generation));
        assertFalse(slab.markFree(address, generation));
        assertFalse(slab.isLive(address));
        assertTrue(slab.isLive(neighbour, other));
    }

    @Test
    void aFreeOrAReuseEndsAGeneration() {
        int generation = slab.renew(address);
        assertTrue(slab.isLive(address));
        assertTrue(slab.markAnyFree(address));
        assertFalse(slab.isLive(address, generation));
        assertFalse(slab.markFree(address, generation));
        slab.markLive(address);
        assertFalse(slab.isLive(address, generation));
        assertFalse(slab.markFree(address, generation));
        slab.markLeased(address);
        assertFalse(slab.isLive(address, generation));
        assertFalse(slab.markFree(address, generation));
    }

    /**
     * One thread frees twice in a row while the other hands the object out under the next generation. Without two idle
     * processors each round may take a time slice, so the test then does as many rounds as its time allows.
     */
    @Test
    void aStaleGenerationFreesNothingWhileItsObjectIsHandedOutAgain() throws Exception {
        int rounds = 300_000;
        long start = System.nanoTime();
        AtomicInteger handed = new AtomicInteger(NONES);
        Running<Integer> freeing = Threads.start(() -> {
            int wrong = 0;
            while (true) {
                int generation;
                for (int waits = 0; (generation = handed.get()) == NONES; waits++) {
                    pause(waits);
                }
                if (generation == THE_END) {
                    return wrong;
                }
                slab.markFree(address, generation);
                handed.set(NONES);
                wrong += slab.markFree(address, generation) ? 1 : 0;
            }
        });
        for (int round = 0; round < rounds && System.nanoTime() - start < LONGEST; round++) {
            handed.set(slab.renew(address));
            for (int waits = 0; handed.get() != NONES; waits++) {
                pause(waits);
            }
        }
        handed.set(THE_END);
        assertEquals(0, freeing.result(), "stale handles that freed an object of another owner");
    }

    /** Spins while the other thread runs, so that both race; otherwise yields to it. */
    private static void pause(int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    @Test
    void generationsWrapAfterTheLastOne() {
        int first = slab.renew(address);
        for (int i = 0; i < Slab.LAST_GENERATION; i++) {
            assertTrue(slab.renew(address) != first);
        }
        assertEquals(first, slab.renew(address));
    }

    @Test
    void generationsAreCreatedOnDemand() {
        assertNull(slab.generationsIfCreated());
        assertEquals(-1, slab.generation(address));
        assertFalse(slab.isLive(address, -1));
        assertFalse(slab.isLive(address, 0));
        assertFalse(slab.markFree(address, 0));
        slab.renew(address);
        assertEquals(4L * slab.liveBytes().length, slab.onDemand.bytes());
        slab.retire();
        assertEquals(0, slab.onDemand.bytes());
    }

    @Test
    void theNextSlabInTheSamePlaceContinuesFromTheHighestGeneration() {
        int first = slab.renew(address);
        for (int i = 0; i < 10; i++) {
            slab.renew(neighbour);
        }
        int highest = slab.generation(neighbour);
        slab.retire();
        assertNull(slab.generationsIfCreated());
        assertFalse(slab.isLive(address, first));
        Slab next = Slabs.at(BASE, Slabs.geometry(48), 100);
        assertEquals((highest + 1) & Slab.LAST_GENERATION, next.renew(address));
        next.retire();
        Slab unused = Slabs.at(BASE, Slabs.geometry(48), 100);
        unused.retire();
        assertEquals(
                (highest + 2) & Slab.LAST_GENERATION,
                Slabs.at(BASE, Slabs.geometry(48), 100).renew(address));
    }

    @Test
    void anOlderSlabDoesNotLowerTheNextGeneration() {
        slab.renew(address);
        Slab later = Slabs.at(BASE + (1 << 20), Slabs.geometry(48), 100);
        int highest = 0;
        for (int i = 0; i < 10; i++) {
            highest = later.renew(later.address(3));
        }
        later.retire();
        slab.retire();
        assertEquals(
                (highest + 1) & Slab.LAST_GENERATION,
                Slabs.at(BASE, Slabs.geometry(48), 100).renew(address));
    }

    /** After an unchecked free by address, the last hand-out still seems current. */
    @Test
    void aRenewalEndsAGenerationThatIsStillCurrent() {
        int first = slab.renew(address);
        assertEquals((first + 1) & Slab.LAST_GENERATION, slab.renew(address));
        assertFalse(slab.isLive(address, first));
    }

    @Test
    void theUndoOfAFreeRestoresTheMark() {
        slab.markLive(address);
        assertTrue(slab.markAnyFree(address));
        slab.unmarkFree(address);
        assertTrue(slab.markFree(address));
        int generation = slab.renew(address);
        assertTrue(slab.markAnyFree(address));
        assertFalse(slab.isLive(address));
        assertFalse(slab.markAnyFree(address), "it is already free");
        slab.unmarkFree(address);
        assertTrue(slab.isLive(address, generation));
    }

    @Test
    void theFastFreeRefusesGenerationsAndLeases() {
        slab.renew(address);
        assertFalse(slab.markFree(address));
        slab.markLeased(address);
        assertFalse(slab.markFree(address));
        assertFalse(slab.markAnyFree(address), "only the lease itself ends it");
        assertTrue(slab.isLeased(address));
        assertTrue(slab.isLive(address));
    }

    @Test
    void aLeaseEndsOnce() {
        assertFalse(slab.markReturned(address));
        slab.markLive(address);
        assertFalse(slab.markReturned(address));
        slab.markLeased(address);
        assertTrue(slab.markReturned(address));
        assertFalse(slab.markReturned(address));
        assertFalse(slab.isLive(address));
    }

    @Test
    void onlyALeaseOutlivesItsSlab() {
        slab.markLive(slab.address(1));
        int generation = slab.renew(slab.address(2));
        slab.markLeased(address);
        slab.retire();
        assertFalse(slab.isLive(slab.address(1)));
        assertFalse(slab.isLive(slab.address(2), generation));
        assertTrue(slab.isLeased(address));
        assertTrue(slab.isAnyLeased());
        assertTrue(slab.markReturned(address));
        assertFalse(slab.isAnyLeased());
    }
}
