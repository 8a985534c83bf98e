package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread takes cached objects from another thread that waits, and none from a thread that runs. {@code
 * RevocationStressTest} checks that while the owner works.
 */
@Timeout(60)
class RevocationTest {
    private static final int CAPACITY = 8;
    private static final int OBJECTS = 100;

    private final SlabSupply supply = Fixtures.supply(new FakeSource(), OBJECTS);
    private final MagazineBudget budget = new MagazineBudget(CAPACITY, CAPACITY, Long.MAX_VALUE);
    private final ThreadCache cache = Fixtures.withMagazines(new ThreadCache(Thread.currentThread(), 0), CAPACITY);

    private Revocation revocation(Predicate<Thread> waits) {
        return new Revocation(supply, budget, waits);
    }

    /** Puts one object into each magazine and one into the spare slot. */
    private void fill() {
        long[] objects = Fixtures.refill(supply, 3);
        cache.keep(supply.find(objects[0]), objects[0]);
        cache.push(objects[1]);
        cache.shift(new Magazine(CAPACITY));
        cache.push(objects[2]);
        assertEquals(3, cache.cached());
        assertEquals(OBJECTS - 3, supply.counts().freeObjects());
    }

    @Test
    void everyCachedObjectOfAWaitingThreadIsTaken() {
        fill();
        assertTrue(revocation(thread -> true).take(cache, Thread.currentThread()));
        assertEquals(OBJECTS, supply.counts().freeObjects());
        assertEquals(0, cache.cached());
        assertEquals(0, cache.capacity());
        assertEquals(3, cache.frees(), "the owner's frees still count");
        supply.validate();
    }

    @Test
    void afterItWasTakenTheOwnerFindsNothingAndNoRoom() {
        fill();
        revocation(thread -> true).take(cache, Thread.currentThread());
        assertEquals(0, cache.pop());
        assertEquals(0, cache.takeSpare());
        assertFalse(cache.leaseSpare());
        assertEquals(-1, cache.takeSpareGeneration(cache.spareAddress()));
        assertFalse(cache.push(64));
        revocation(thread -> true).restore(cache);
        assertFalse(cache.isRevoked());
        assertEquals(0, cache.pop());
        assertFalse(cache.push(64));
    }

    @Test
    void aThreadThatDoesNotWaitKeepsEverythingAndComesToTheSlowPath() {
        fill();
        Revocation refused = revocation(thread -> false);
        assertFalse(refused.take(cache, Thread.currentThread()));
        assertTrue(cache.isRevoked());
        assertEquals(0, cache.pop());
        assertEquals(0, cache.takeSpare());
        assertFalse(cache.push(64));
        assertEquals(3, cache.cached(), "seen by statistics all the time");
        refused.restore(cache);
        assertFalse(cache.isRevoked());
        assertTrue(cache.takeSpare() != 0);
        assertTrue(cache.pop() != 0);
        assertEquals(1, cache.cached());
    }

    @Test
    void anObjectReturnedAfterARevocationIsNotLost() {
        fill();
        long popped = cache.pop();
        revocation(thread -> false).send(cache);
        cache.unpop(popped);
        assertEquals(3, cache.cached());
        assertEquals(popped, cache.popLoaded());
    }

    /** The thread was in the middle of an exchange when its cache was revoked, and has waited only since. */
    @Test
    void aThreadThatLoadedAMagazineMeanwhileKeepsEverything() {
        fill();
        Revocation racing = revocation(thread -> {
            cache.load(cache.unload());
            return true;
        });
        assertFalse(racing.take(cache, Thread.currentThread()));
        assertEquals(3, cache.cached());
        Revocation adopting = revocation(thread -> {
            cache.restoreSpare();
            return true;
        });
        assertFalse(adopting.take(cache, Thread.currentThread()));
        assertEquals(3, cache.cached());
    }

    /** Each way to give the spare object back, for an owner that wakes up after the look at its stack. */
    private enum Give {
        ADDRESS {
            @Override
            boolean give(ThreadCache own, Slab slab, long address) {
                return own.giveSpare(address);
            }
        },
        HANDLE {
            @Override
            boolean give(ThreadCache own, Slab slab, long address) {
                return own.giveSpare(slab.handle(address));
            }
        },
        NULL_ADDRESS {
            @Override
            boolean give(ThreadCache own, Slab slab, long address) {
                return own.giveSpare(0);
            }
        },
        GENERATION {
            @Override
            void handOut(Slab slab, long address) {
                Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
            }

            @Override
            boolean give(ThreadCache own, Slab slab, long address) {
                return own.liveSpareGeneration(own.spareAddress()) >= 0 && own.giveNumberedSpare();
            }
        },
        LEASE {
            @Override
            void handOut(Slab slab, long address) {
                LeaseMarks.begin(slab.liveBytes(), slab.place(address));
            }

            @Override
            boolean give(ThreadCache own, Slab slab, long address) {
                return own.giveLeasedSpare(address);
            }
        };

        void handOut(Slab slab, long address) {
            slab.markLive(address);
            slab.handle(address);
        }

        abstract boolean give(ThreadCache own, Slab slab, long address);
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerThatWakesUpMeanwhileGivesNothingBackHere(Give form) {
        long address = supply.takeOne();
        Slab slab = supply.find(address);
        form.handOut(slab, address);
        cache.adoptSpare(slab, address);
        boolean[] given = new boolean[1];
        assertTrue(revocation(thread -> {
                    given[0] = form.give(cache, slab, address);
                    return true;
                })
                .take(cache, Thread.currentThread()));
        assertFalse(given[0]);
        assertTrue(slab.isLive(address));
        assertFalse(cache.isSpareIn());
        assertEquals(0, cache.frees());
    }

    /** Without a revocation each form gives the object back, so the test above tests something. */
    @ParameterizedTest
    @EnumSource(names = "NULL_ADDRESS", mode = EnumSource.Mode.EXCLUDE)
    void anOwnerThatIsLeftAloneGivesItBackHere(Give form) {
        long address = supply.takeOne();
        Slab slab = supply.find(address);
        form.handOut(slab, address);
        cache.adoptSpare(slab, address);
        assertTrue(form.give(cache, slab, address));
        assertTrue(cache.isSpareIn());
        assertFalse(slab.isLive(address));
    }
}
