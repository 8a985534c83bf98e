package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/**
 * Adds slabs to an index and removes them, and compares every look-up with a search of a list. There is no memory at
 * the addresses of the slabs.
 */
abstract class IndexUser {
    /** Slabs of 64 KiB, granules of 16 KiB. */
    static final SlabGeometry GEOMETRY = new SlabGeometry(64, 64, 65_536, Long.MAX_VALUE);

    static final long HIGHEST = 1L << 47;
    final Random random = new Random(4711);
    final List<Slab> slabs = new ArrayList<>();
    SlabIndex index;

    @BeforeEach
    void makeAnIndex() {
        index = new SlabIndex(GEOMETRY.granuleShift());
    }

    final void add(Slab slab) {
        slabs.add(slab);
        index.add(slab);
    }

    final void remove(List<Slab> gone) {
        gone.forEach(index::remove);
        index.tidy();
        slabs.removeAll(gone);
    }

    static List<Slab> byAddress(List<Slab> slabs) {
        return slabs.stream()
                .sorted((one, other) -> Long.compareUnsigned(one.base(), other.base()))
                .toList();
    }

    private Slab expected(long address) {
        return slabs.stream().filter(slab -> slab.contains(address)).findFirst().orElse(null);
    }

    final void assertFinds(long address) {
        Slab expected = expected(address);
        assertSame(expected, index.find(address), Long.toHexString(address));
        assertSame(expected, index.findHidden(address), Long.toHexString(address));
    }

    final void assertFindsEverySlabAndNothingElse() {
        for (Slab slab : slabs) {
            for (long address : new long[] {
                slab.base(),
                slab.end() - 1,
                slab.base() + random.nextLong((slab.end() - slab.base())),
                slab.base() - 1,
                slab.end()
            }) {
                assertFinds(address);
            }
        }
        for (long wild : new long[] {0, 1, -1, 64, Long.MIN_VALUE, Long.MAX_VALUE, HIGHEST, -HIGHEST}) {
            assertFinds(wild);
        }
        for (int i = 0; i < 100; i++) {
            assertFinds(random.nextLong());
            assertFinds(random.nextLong(HIGHEST));
            assertFinds(-random.nextLong(HIGHEST));
        }
    }
}
