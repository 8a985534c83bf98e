package io.slabcache.internal.slab;

import java.util.Collection;
import java.util.function.LongToIntFunction;

/**
 * A number for each page of memory: that of the size class whose slab lies there. Found by one load, because nothing is
 * compared. So it is a hint: pages that are far apart may share a place, a number may be left from a slab that is gone, and
 * a page with the end of one slab and the beginning of another one has the number of the latter, whose first objects are
 * used most.
 *
 * <p>Writers hold the lock of the {@link SlabDirectory}; readers of the table take none.
 */
final class PageClasses {
    private static final int PAGE_SHIFT = 12;
    private static final int SMALLEST = 1 << 10;

    /** Places per page of a new table: so few pages share one that it costs nothing. */
    private static final int PLACES_PER_PAGE = 8;

    /** A table is replaced when it has fewer. */
    private static final int LEAST_PLACES_PER_PAGE = 4;

    private final LongToIntFunction number;

    /** By the low bits of the page's number. A power of two; 0 where no slab was. */
    private byte[] table = new byte[SMALLEST];

    /** Of all slabs. */
    private long pages;

    /**
     * A table without slabs.
     *
     * @param number of a size class by the bytes of its objects
     */
    PageClasses(LongToIntFunction number) {
        this.number = number;
    }

    /** {@return the table, which {@link #add} may replace} */
    byte[] table() {
        return table;
    }

    /** {@return the number at an address} */
    static int find(byte[] table, long address) {
        return table[(int) (address >>> PAGE_SHIFT) & (table.length - 1)];
    }

    /**
     * Enters a slab. If the heap is full, the table stays too small.
     *
     * @param all slabs, with this one
     */
    void add(Slab slab, Collection<Slab> all) {
        pages += pages(slab);
        if (pages * LEAST_PLACES_PER_PAGE > table.length) {
            try {
                table = new byte[(int) Long.highestOneBit(pages * PLACES_PER_PAGE)];
                all.forEach(this::enter);
                return;
            } catch (OutOfMemoryError e) {
                // More pages share a place.
            }
        }
        enter(slab);
    }

    private void enter(Slab slab) {
        byte numbered = (byte) number.applyAsInt(slab.geometry.objectSize);
        long last = slab.end() >>> PAGE_SHIFT;
        for (long page = slab.base() >>> PAGE_SHIFT; page < last; page++) {
            table[place(page)] = numbered;
        }
        if (table[place(last)] == 0) {
            table[place(last)] = numbered;
        }
    }

    /** Counts a slab no longer. */
    void remove(Slab slab) {
        pages -= pages(slab);
    }

    private int place(long page) {
        return (int) page & (table.length - 1);
    }

    private static long pages(Slab slab) {
        return (slab.end() >>> PAGE_SHIFT) - (slab.base() >>> PAGE_SHIFT) + 1;
    }
}
