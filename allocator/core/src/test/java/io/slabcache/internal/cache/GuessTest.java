package io.slabcache.internal.cache;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.slabcache.SlabCache;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.Fields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A thread guesses the slab of its next object, also when its magazines hold all objects that it uses, so that it never
 * takes the slow path.
 */
class GuessTest {
    private static final int HELD = 200;

    private final SlabCache cache = SlabCache.builder("guessed", 64).build();
    private CacheCore core;

    @BeforeEach
    void fillTheMagazines() throws ReflectiveOperationException {
        core = ((CacheParts) Fields.get(cache, "parts")).core;
        cache.prefill(HELD);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    /** Allocates and frees two objects. The spare object is one of them, and needs no guess; the other one does. */
    private void allocateTwo() {
        long first = cache.allocateAddress();
        long second = cache.allocateAddress();
        assertNotEquals(first, second);
        cache.freeAddress(second);
        cache.freeAddress(first);
    }

    private Slab slabOfAll() {
        long address = cache.allocateAddress();
        Slab slab = core.slabOf(address);
        cache.freeAddress(address);
        return slab;
    }

    @Test
    void aThreadLearnsFromThePrefilledMagazine() {
        ThreadCache own = core.current();
        assertSame(Slab.NONE, own.guess());
        allocateTwo();
        assertNotSame(Slab.NONE, own.guess());
        assertSame(slabOfAll(), own.guess());
    }

    @Test
    void aWrongGuessIsCorrectedAfterSomeMisses() {
        Slab[] slabs = growToTwoSlabs();
        ThreadCache own = core.current();
        allocateTwo();
        Slab right = slabOfAll();
        Slab wrong = slabs[0] == right ? slabs[1] : slabs[0];
        own.learnGuess(wrong);
        allocateTwo();
        assertSame(wrong, own.guess(), "one miss is not enough: objects may be spread over slabs");
        for (int i = 0; i < 1000; i++) {
            allocateTwo();
        }
        assertSame(right, own.guess());
    }

    /** Returns the two slabs. The calling thread has prefilled magazines again. */
    private Slab[] growToTwoSlabs() {
        Slab first = slabOfAll();
        Slab other = first;
        long[] all = new long[100_000];
        int count = 0;
        while (other == first) {
            all[count] = cache.allocateAddress();
            other = core.slabOf(all[count++]);
        }
        cache.freeBulk(all, 0, count);
        cache.flush();
        cache.prefill(HELD);
        return new Slab[] {first, other};
    }
}
