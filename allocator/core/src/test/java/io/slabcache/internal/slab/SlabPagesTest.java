package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An address has its slab and the number of its class, unless two slabs have to share a place. */
class SlabPagesTest {
    private static final long PAGE = 4096;
    private static final long BASE = 0x1000_0000;

    private final SlabPages pages = new SlabPages();
    private final TreeSet<Slab> slabs = new TreeSet<>(Comparator.comparingLong(Slab::base));

    private Slab add(long address, long bytes) {
        SlabGeometry geometry = Slabs.geometry(32).ofClass(1 + slabs.size() % 50);
        Slab slab = Slabs.at(address, geometry, (int) (bytes / 32));
        slabs.add(slab);
        pages.add(slab, slabs);
        return slab;
    }

    private void remove(Slab slab) {
        slabs.remove(slab);
        pages.remove(slab, slabs);
    }

    /** The slab at an address, whose number is there as well. */
    private Slab find(long address) {
        Slab slab = SlabPages.find(pages.table(), address);
        if (slab != Slab.NONE) {
            assertEquals(slab.geometry.sizeClass, SlabPages.number(pages.numbers(), address));
        }
        return slab;
    }

    @Test
    void allPagesOfASlabHaveIt() {
        Slab slab = add(BASE + 64, 65_536);
        Slabs.addresses(slab).forEach(address -> assertSame(slab, find(address)));
        assertSame(Slab.NONE, find(BASE - 1));
        assertSame(Slab.NONE, find(slab.end() + PAGE));
    }

    /** The first objects of a slab are used most, so they decide, whichever slab comes first. */
    @Test
    void aSharedPageHasTheSlabThatBeginsThere() {
        Slab first = add(BASE + 64, 65_536);
        Slab second = add(first.end() + 64, 65_536);
        assertSame(second, find(second.base()));
        Slab before = add(BASE - 65_536 + 64, 65_536 - 64);
        assertSame(before, find(before.base()));
        assertSame(first, find(first.base()));
    }

    @Test
    void aSharedPageHasTheOtherSlabAfterOneIsGone() {
        Slab first = add(BASE + 64, 65_536);
        Slab second = add(first.end() + 64, 65_536);
        remove(second);
        assertSame(first, find(second.base()));
        Slab third = add(first.end() + 64, 65_536);
        remove(first);
        assertSame(third, find(third.base()));
    }

    @Test
    void theTableGrowsWithTheSlabs() {
        for (int i = 0; i < 100; i++) {
            add(BASE + i * (1L << 20), 1 << 20);
        }
        assertTrue(pages.table().length >= 2 * 100 * 256, pages.table().length + " places");
        slabs.forEach(slab -> assertSame(slab, find(slab.base())));
    }

    @Test
    void theTableShrinksWithTheSlabs() {
        Slab first = add(BASE, 1 << 20);
        int length = pages.table().length;
        List<Slab> others = new ArrayList<>();
        for (int i = 1; i < 100; i++) {
            others.add(add(BASE + i * (1L << 20), 1 << 20));
        }
        others.reversed().forEach(this::remove);
        assertTrue(pages.table().length <= 4 * length, pages.table().length + " places");
        assertEquals(pages.table().length, pages.numbers().length);
        assertSame(first, find(first.base()));
        assertSame(Slab.NONE, find(others.getFirst().base() + PAGE));
    }

    /** A slab takes the places of one that is gone, the table does not grow, and nothing keeps a slab. */
    @Test
    void placesAreUsedAgain() {
        Slab first = add(BASE, 1 << 19);
        int length = pages.table().length;
        remove(first);
        for (int i = 1; i < 1_000; i++) {
            Slab slab = add(BASE + i * (1L << 20), 1 << 19);
            assertSame(slab, find(slab.address(500)));
            remove(slab);
        }
        assertTrue(pages.table().length <= length, pages.table().length + " places");
        for (Slab place : pages.table()) {
            assertSame(Slab.NONE, place);
        }
    }
}
