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
 * Generations and their undo. A stale generation never frees the object of another owner, even while that object is
 * handed out concurrently.
 */
@Timeout(30)
class GenerationsTest {
    private static final long BASE = 0x7f00_1234_0040L;

    private static final int NONES = -1;
    private static final int THE_END = -2;
    private static final int SPINS = 10_000;
    private static final long LONGEST = 10_000_000_000L;

    private final OnDemandHeap onDemand = new OnDemandHeap();
    private final Slab slab = Slabs.at(BASE, Slabs.geometry(48), 100, onDemand);
    private final long address = slab.address(7);
    private final long neighbour = slab.address(8);

    private static int renew(Slab slab, long address) {
        return Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
    }

    private boolean markAnyFree(long address) {
        return slab.markFree(address)
                || Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address));
    }

    private void unmarkFree(long address) {
        if (!Generations.unmarkFree(slab.liveBytes(), slab.generations(), slab.place(address))) {
            slab.markLive(address);
        }
    }

    private static boolean isLive(Slab slab, long address, int generation) {
        int[] words = slab.generations();
        return words != null && Generations.isLive(words, slab.place(address), generation);
    }

    @Test
    void eachRenewalHasTheNextGeneration() {
        int first = renew(slab, address);
        Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), first);
        int second = renew(slab, address);
        assertEquals((first + 1) & Generations.LAST_GENERATION, second);
        assertTrue(isLive(slab, address, second));
        assertFalse(isLive(slab, address, first));
        assertEquals(second, Generations.last(slab.generations(), slab.place(address)));
    }

    @Test
    void aGenerationFreesOnceAndOnlyItsOwnObject() {
        int generation = renew(slab, address);
        int other = renew(slab, neighbour);
        assertEquals(generation, other, "both are the first of one slab");
        assertFalse(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation - 1));
        assertTrue(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation));
        assertFalse(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation));
        assertFalse(slab.isLive(address));
        assertTrue(isLive(slab, neighbour, other));
    }

    @Test
    void aFreeOrAReuseEndsAGeneration() {
        int generation = renew(slab, address);
        assertTrue(slab.isLive(address));
        assertTrue(markAnyFree(address));
        assertFalse(isLive(slab, address, generation));
        assertFalse(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation));
        slab.markLive(address);
        assertFalse(isLive(slab, address, generation));
        assertFalse(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation));
        LeaseMarks.begin(slab.liveBytes(), slab.place(address));
        assertFalse(isLive(slab, address, generation));
        assertFalse(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation));
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
                Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation);
                handed.set(NONES);
                wrong += Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), generation)
                        ? 1
                        : 0;
            }
        });
        for (int round = 0; round < rounds && System.nanoTime() - start < LONGEST; round++) {
            handed.set(renew(slab, address));
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
        int first = renew(slab, address);
        for (int i = 0; i < Generations.LAST_GENERATION; i++) {
            assertTrue(renew(slab, address) != first);
        }
        assertEquals(first, renew(slab, address));
    }

    @Test
    void generationsAreCreatedOnDemand() {
        assertNull(slab.generations());
        assertEquals(-1, Generations.last(slab.generations(), slab.place(address)));
        assertFalse(isLive(slab, address, -1));
        assertFalse(isLive(slab, address, 0));
        assertFalse(Generations.markFree(slab.liveBytes(), slab.generations(), slab.place(address), 0));
        renew(slab, address);
        assertEquals(4L * slab.liveBytes().length, onDemand.bytes());
        slab.retire();
        assertEquals(0, onDemand.bytes());
    }

    @Test
    void theNextSlabInTheSamePlaceContinuesFromTheHighestGeneration() {
        int first = renew(slab, address);
        for (int i = 0; i < 10; i++) {
            renew(slab, neighbour);
        }
        int highest = Generations.last(slab.generations(), slab.place(neighbour));
        slab.retire();
        assertNull(slab.generations());
        assertFalse(isLive(slab, address, first));
        Slab next = Slabs.at(BASE, Slabs.geometry(48), 100);
        assertEquals((highest + 1) & Generations.LAST_GENERATION, renew(next, address));
        next.retire();
        Slab unused = Slabs.at(BASE, Slabs.geometry(48), 100);
        unused.retire();
        assertEquals(
                (highest + 2) & Generations.LAST_GENERATION, renew(Slabs.at(BASE, Slabs.geometry(48), 100), address));
    }

    @Test
    void anOlderSlabDoesNotLowerTheNextGeneration() {
        renew(slab, address);
        Slab later = Slabs.at(BASE + (1 << 20), Slabs.geometry(48), 100);
        int highest = 0;
        for (int i = 0; i < 10; i++) {
            highest = renew(later, later.address(3));
        }
        later.retire();
        slab.retire();
        assertEquals(
                (highest + 1) & Generations.LAST_GENERATION, renew(Slabs.at(BASE, Slabs.geometry(48), 100), address));
    }

    /** After an unchecked free by address, the last hand-out still seems current. */
    @Test
    void aRenewalEndsAGenerationThatIsStillCurrent() {
        int first = renew(slab, address);
        assertEquals((first + 1) & Generations.LAST_GENERATION, renew(slab, address));
        assertFalse(isLive(slab, address, first));
    }

    @Test
    void theUndoOfAFreeRestoresTheMark() {
        slab.markLive(address);
        assertTrue(markAnyFree(address));
        unmarkFree(address);
        assertTrue(slab.markFree(address));
        int generation = renew(slab, address);
        assertTrue(markAnyFree(address));
        assertFalse(slab.isLive(address));
        assertFalse(markAnyFree(address), "it is already free");
        unmarkFree(address);
        assertTrue(isLive(slab, address, generation));
    }
}
