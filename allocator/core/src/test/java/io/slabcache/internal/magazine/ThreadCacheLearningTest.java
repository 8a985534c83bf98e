package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a thread cache holds besides its magazines: the slab of the last object, and a spare object. */
class ThreadCacheLearningTest {
    private final ThreadCache cache = new ThreadCache(Thread.currentThread(), 3);
    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);

    @Test
    void theSlabOfAnAddressIsFoundWhateverWasLearnt() {
        Fixtures.refill(supply, 300);
        for (Slab learnt : supply.slabs()) {
            for (Slab slab : supply.slabs()) {
                assertSame(slab, cache.slabOf(slab.address(99), supply.index()));
            }
            assertNull(cache.slabOf(0, supply.index()));
            assertNull(cache.slabOf(-1, supply.index()));
            cache.learn(learnt, learnt.address(0));
        }
    }

    @Test
    void aFreeSetsTheSlabThatIsSearchedFirst() {
        long[] addresses = Fixtures.refill(supply, 300);
        Slab first = supply.find(addresses[0]);
        cache.learn(addresses[0], supply.index());
        assertSame(first, cache.guess());
        cache.learn(-1, supply.index());
        assertSame(first, cache.guess(), "the address of nothing teaches nothing");
        assertFalse(cache.giveSpare(addresses[0]));
        ThreadCache none = new ThreadCache(Thread.currentThread(), 0);
        none.learn(addresses[0], supply.index());
        assertSame(Slab.NONE, none.guess());
    }

    @Test
    void aSlabThatWasGivenBackIsNotFoundThoughItWasLearnt() {
        long address = supply.takeOne();
        cache.learn(supply.find(address), address);
        supply.free(address);
        supply.shrink();
        assertNull(cache.slabOf(address, supply.index()));
    }

    @Test
    void withoutChecksTheSpareObjectIsMarkedToo() {
        ThreadCache unchecked = new ThreadCache(Thread.currentThread(), 3, true);
        long address = supply.takeOne();
        unchecked.learn(supply.find(address), address);
        assertTrue(unchecked.giveSpare(address));
        assertFalse(unchecked.giveSpare(address));
        assertEquals(address, unchecked.takeSpare());
    }

    @Test
    void theObjectHandedOutLastBecomesTheSpareObject() {
        long address = supply.takeOne();
        Slab slab = supply.find(address);
        slab.markLive(address);
        cache.learn(slab, address);
        assertEquals(0, cache.cached());
        assertTrue(cache.giveSpare(address));
        assertEquals(1, cache.cached());
        cache.forEach(shown -> assertEquals(address, shown));
        assertEquals(address, cache.takeSpare());
        assertEquals(0, cache.cached());
    }

    @Test
    void learningDoesNotReplaceTheSpareObject() {
        long[] two = Fixtures.refill(supply, 2);
        Slab slab = supply.find(two[0]);
        assertTrue(cache.keep(slab, two[0]));
        cache.learn(slab, two[1]);
        assertEquals(two[0], cache.cachedSpare());
    }

    @Test
    void aFreedObjectBecomesTheSpareOneOnlyWhenThereIsNone() {
        long address = supply.takeOne();
        assertTrue(cache.wantsSpare());
        assertTrue(cache.push(10));
        assertFalse(cache.wantsSpare(), "not at every free");
        assertTrue(cache.keep(supply.find(address), address));
        assertEquals(2, cache.frees());
        for (int i = 0; i < 1000; i++) {
            assertEquals(address, cache.takeSpare());
            assertTrue(cache.giveSpare(address));
            assertFalse(cache.giveSpare(address), "it is free");
            assertFalse(cache.wantsSpare());
        }
        assertEquals(1002, cache.frees());
        cache.takeSpare();
        int wanted = 0;
        for (int i = 0; i < 1000; i++) {
            cache.push(10);
            cache.pop();
            wanted += cache.wantsSpare() ? 1 : 0;
        }
        assertTrue(wanted > 0, "but now and then");
    }

    @Test
    void onlyAThreadWithMagazinesLearnsAndKeeps() {
        long address = supply.takeOne();
        Slab slab = supply.find(address);
        slab.markLive(address);
        for (ThreadCache none : List.of(new ThreadCache(null, 3), new ThreadCache(Thread.currentThread(), 0))) {
            none.learn(slab, address);
            assertSame(Slab.NONE, none.guess());
            assertFalse(none.giveSpare(address));
            assertFalse(none.keep(slab, address));
            assertEquals(0, none.cached());
            assertEquals(0, none.frees());
        }
    }
}
