package io.slabcache.internal.slab;

import java.util.Arrays;
import java.util.NavigableSet;

/**
 * The slab of each page of memory, and the number of the slab's size class, each found by one load, because nothing is
 * compared. So both are hints: pages that are far apart may share a place, and a page with the end of one slab and the
 * beginning of another one has the latter, whose first objects are used most. The slab itself tells whether an object is its
 * own, and of which class it is; but a free that waited for that number would take 2 to 9 ns longer.
 *
 * <p>Writers hold the lock of the {@link SlabDirectory}; readers of the tables take none.
 */
final class SlabPages {
    private static final int PAGE_SHIFT = 12;
    private static final int SMALLEST = 1 << 8;

    /** Places per page of a new table: so few pages share one that it costs nothing. */
    private static final int PLACES_PER_PAGE = 4;

    /** A table is replaced when it has fewer. */
    private static final int LEAST_PLACES_PER_PAGE = 2;

    /** A table is replaced when it has more. */
    private static final int MOST_PLACES_PER_PAGE = 16;

    /** 80 MiB of heap. Enough for 32 to 64 GiB of slabs; with more, more pages share a place. */
    private static final int MOST = 1 << 24;

    /** {@link Slab#NONE} where no slab is. A power of two of places. */
    private Slab[] table = empty(SMALLEST);

    /** As many places. A number may be left from a slab that is gone. */
    private byte[] numbers = new byte[SMALLEST];

    /** Of all slabs. */
    private long pages;

    /** A larger table is not tried with fewer pages, because the last try failed: each one may collect the heap. */
    private long enough;

    private static Slab[] empty(int places) {
        Slab[] table = new Slab[places];
        Arrays.fill(table, Slab.NONE);
        return table;
    }

    /** {@return the slabs, in a table that {@link #add} may replace} */
    Slab[] table() {
        return table;
    }

    /** {@return the numbers of size classes, likewise} */
    byte[] numbers() {
        return numbers;
    }

    /** {@return the slab at an address, most often; never null} */
    static Slab find(Slab[] table, long address) {
        return table[place(address >>> PAGE_SHIFT, table.length)];
    }

    /** {@return the number of the size class at an address, most often} */
    static int number(byte[] numbers, long address) {
        return numbers[place(address >>> PAGE_SHIFT, numbers.length)];
    }

    /**
     * Enters a slab. If the heap is full, the table stays too small.
     *
     * @param all slabs, with this one
     */
    void add(Slab slab, NavigableSet<Slab> all) {
        pages += pages(slab);
        boolean isSmall = pages * LEAST_PLACES_PER_PAGE > table.length && table.length < MOST && pages >= enough;
        if (!isSmall || !rebuild(all)) {
            enter(slab);
        }
    }

    /** Returns false, and changes nothing, if the heap is full; then waits for twice as many slabs before the next try. */
    private boolean rebuild(NavigableSet<Slab> all) {
        int places = Math.clamp(Long.highestOneBit(pages * PLACES_PER_PAGE), SMALLEST, MOST);
        try {
            byte[] emptyNumbers = new byte[places];
            table = empty(places);
            numbers = emptyNumbers;
        } catch (OutOfMemoryError e) {
            enough = 2 * pages;
            return false;
        }
        enough = 0;
        all.forEach(this::enter);
        return true;
    }

    private void enter(Slab slab) {
        long last = lastPage(slab);
        for (long page = firstPage(slab); page < last; page++) {
            enter(slab, place(page));
        }
        enterLastPage(slab);
    }

    private void enter(Slab slab, int place) {
        table[place] = slab;
        numbers[place] = (byte) slab.geometry.sizeClass;
    }

    private void enterLastPage(Slab slab) {
        int place = place(lastPage(slab));
        if (table[place] == Slab.NONE) {
            enter(slab, place);
        }
    }

    /**
     * Removes a slab, which would stay reachable otherwise. Needs no heap, but makes a smaller table if there is some.
     *
     * @param all slabs, without this one
     */
    void remove(Slab slab, NavigableSet<Slab> all) {
        pages -= pages(slab);
        if (table.length > SMALLEST && pages * MOST_PLACES_PER_PAGE < table.length && rebuild(all)) {
            return;
        }
        for (long page = firstPage(slab); page <= lastPage(slab); page++) {
            if (table[place(page)] == slab) {
                table[place(page)] = Slab.NONE;
            }
        }
        // Its first page may be the last one of another slab.
        Slab below = all.lower(slab);
        if (below != null) {
            enterLastPage(below);
        }
    }

    private int place(long page) {
        return place(page, table.length);
    }

    /**
     * Skips a place after each 16 pages. Slabs often lie a power of two apart, and without this their first entries would
     * all meet in a few sets of the processor's cache.
     */
    private static int place(long page, int places) {
        return (int) (page + (page >>> 4)) & (places - 1);
    }

    private static long pages(Slab slab) {
        return lastPage(slab) - firstPage(slab) + 1;
    }

    private static long firstPage(Slab slab) {
        return slab.base() >>> PAGE_SHIFT;
    }

    private static long lastPage(Slab slab) {
        return slab.end() >>> PAGE_SHIFT;
    }
}
