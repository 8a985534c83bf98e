package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The number of an address is that of its slab, unless two slabs have to share a place. */
class PageClassesTest {
    private static final long PAGE = 4096;

    private final PageClasses pages = new PageClasses(bytes -> (int) (bytes / 16));
    private final List<Slab> slabs = new ArrayList<>();

    private Slab add(long address, long objectSize, int objects) {
        Slab slab = Slabs.at(address, Slabs.geometry(objectSize), objects);
        slabs.add(slab);
        pages.add(slab, slabs);
        return slab;
    }

    private int number(long address) {
        return PageClasses.find(pages.table(), address);
    }

    @Test
    void allPagesOfASlabHaveItsNumber() {
        Slab slab = add(0x1000_0040, 32, 65_536 / 32);
        Slabs.addresses(slab).forEach(address -> assertEquals(2, number(address)));
        assertEquals(0, number(0x1000_0000 - 1));
        assertEquals(0, number(slab.end() + PAGE));
    }

    /** The first objects of a slab are used most, so they decide, whichever slab comes first. */
    @Test
    void aSharedPageHasTheNumberOfTheSlabThatBeginsThere() {
        Slab first = add(0x1000_0040, 32, 65_536 / 32);
        Slab second = add(first.end() + 64, 48, 65_536 / 48);
        assertEquals(3, number(second.base()));
        Slab before = add(0x1000_0000 - 65_536 + 64, 64, (65_536 - 64) / 64);
        assertEquals(4, number(before.base()));
        assertEquals(2, number(first.base()));
    }

    @Test
    void theTableGrowsWithTheSlabs() {
        for (int i = 0; i < 100; i++) {
            add(0x1000_0000 + i * (1L << 20), 16 * (i % 50 + 1), (1 << 20) / (16 * (i % 50 + 1)));
        }
        assertTrue(pages.table().length >= 4 * 100 * 256, pages.table().length + " places");
        for (int i = 0; i < 100; i++) {
            assertEquals(i % 50 + 1, number(slabs.get(i).base()), "slab " + i);
        }
    }

    /** A slab takes the places of one that is gone, and the table stays as small as it was. */
    @Test
    void placesAreUsedAgain() {
        int length = pages.table().length;
        for (int i = 0; i < 1_000; i++) {
            Slab slab = add(0x1000_0000 + i * (1L << 20), 16 * (i % 50 + 1), (1 << 19) / (16 * (i % 50 + 1)));
            assertEquals(i % 50 + 1, number(slab.address(500)));
            pages.remove(slab);
            slabs.clear();
        }
        assertEquals(length, pages.table().length);
    }
}
