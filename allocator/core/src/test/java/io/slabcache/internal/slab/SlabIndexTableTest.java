package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The hash table of the index is proportional to the slabs, shrinks with them, and answers in a few steps for an
 * address of no slab.
 */
@Timeout(30)
class SlabIndexTableTest extends IndexUser {
    @ParameterizedTest
    @EnumSource
    void theTableStaysInProportionToTheSlabs(SlabLayout layout) {
        long granules = 0;
        for (int i = 0; i < 300; i++) {
            Slab slab = layout.slab(i, random);
            add(slab);
            granules += ((slab.end() - slab.base()) >>> GEOMETRY.granuleShift()) + 1;
            assertTrue(index.heapBytes() <= 32 * 4 * Math.max(granules, 1), index.heapBytes() + " for " + granules);
        }
    }

    /** The entries of adjacent slabs form one run. To walk the whole run at each look-up would take minutes. */
    @Test
    void anAddressOfNoSlabIsLookedUpInAFewSteps() {
        for (int i = 0; i < 5_000; i++) {
            add(SlabLayout.ADJACENT.slab(i, random));
        }
        // In a table of any size, this belongs where the run begins.
        long elsewhere = slabs.getFirst().base() | 1L << 46;
        for (long look = 0; look < 3_000_000; look++) {
            if (index.find(elsewhere + (look & 63)) != null) {
                throw new AssertionError("found " + elsewhere);
            }
        }
    }

    @Test
    void theTableShrinksWithTheSlabs() {
        for (int i = 0; i < 300; i++) {
            add(SlabLayout.ADJACENT.slab(i, random));
        }
        long large = index.heapBytes();
        remove(List.copyOf(slabs.subList(1, 300)));
        assertTrue(index.heapBytes() < large / 4, index.heapBytes() + " of " + large);
    }
}
