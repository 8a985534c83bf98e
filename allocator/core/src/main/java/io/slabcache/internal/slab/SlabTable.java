package io.slabcache.internal.slab;

import java.util.Collection;

/**
 * An open-addressed table of slabs, keyed by the upper bits of an address: one entry for each granule that a slab
 * covers.
 *
 * <p>Entries are verified by the slab's range, not by the key. So a probe may stop at any entry of the right slab, and
 * a granule needs no entry if its probe meets another entry of the slab.
 *
 * <p>Writers hold the lock of the {@link SlabList}; readers of {@link #places} take no lock. Invariants: a filled place
 * never becomes null again, so no probe of a reader stops early; {@link Slab#NONE}, which replaces removed slabs,
 * covers no address; at least half of the places are null. Only making a table allocates heap, not using it.
 */
final class SlabTable {
    /** A longer displacement than this makes a larger table worth a try. */
    private static final int MAX_PROBES = 8;

    /** Places per entry at most, so that slabs at scattered addresses do not inflate the table. */
    private static final int MAX_PLACES_PER_ENTRY = 16;

    /** Places per entry of a new table, so that a sixth of it can fill up before the next one. */
    private static final int PLACES_PER_ENTRY = 3;

    private static final int SMALLEST = 16;

    /**
     * Written plainly under the list's lock, read plainly without it. The race is safe because slabs have final fields.
     */
    final Slab[] places;

    private final int granuleShift;

    /** Places that are not null. */
    private int used;

    /** Places with {@link Slab#NONE}. */
    private int removed;

    /**
     * The longest distance of an entry from its ideal place. Bounds the probe for an address in no slab, because the
     * entries of adjacent slabs form one run. Written under the list's lock, read plainly.
     */
    private int longestProbe;

    private SlabTable(int size, int granuleShift) {
        this.places = new Slab[size];
        this.granuleShift = granuleShift;
    }

    /**
     * Makes a table of slabs, large enough for short displacements if possible.
     *
     * @param smallest least number of places, a power of two
     */
    static SlabTable of(Collection<Slab> slabs, int granuleShift, int smallest) {
        long entries = 0;
        for (Slab slab : slabs) {
            entries += lastGranule(slab, granuleShift) - firstGranule(slab, granuleShift) + 1;
        }
        int size = Math.max(smallest, SMALLEST);
        while (size < entries * PLACES_PER_ENTRY) {
            size *= 2;
        }
        SlabTable table = filled(size, granuleShift, slabs);
        while (table.longestProbe > MAX_PROBES && table.places.length < entries * MAX_PLACES_PER_ENTRY) {
            table = filled(table.places.length * 2, granuleShift, slabs);
        }
        return table;
    }

    private static SlabTable filled(int size, int granuleShift, Collection<Slab> slabs) {
        SlabTable table = new SlabTable(size, granuleShift);
        slabs.forEach(table::insert);
        return table;
    }

    boolean hasRoomFor(Slab slab) {
        long granules = lastGranule(slab, granuleShift) - firstGranule(slab, granuleShift) + 1;
        return (used + granules) * 2 <= places.length;
    }

    /** Whether a larger table would shorten displacements. */
    boolean isCrowded() {
        return longestProbe > MAX_PROBES && places.length < (long) (used - removed) * MAX_PLACES_PER_ENTRY;
    }

    /** Whether more slabs were removed than are left, so that a rebuild costs little for each removed slab. */
    boolean isStale() {
        return removed > used - removed;
    }

    void insert(Slab slab) {
        for (long granule = firstGranule(slab, granuleShift); granule <= lastGranule(slab, granuleShift); granule++) {
            int probes = 0;
            int place = home(granule);
            while (places[place] != null && places[place] != slab && places[place] != Slab.NONE) {
                place = next(place);
                probes++;
            }
            if (places[place] == null) {
                used++;
            } else if (places[place] == Slab.NONE) {
                removed--;
            }
            // First, for readers that find the slab's entry.
            longestProbe = Math.max(longestProbe, probes);
            places[place] = slab;
        }
    }

    void remove(Slab slab) {
        for (long granule = firstGranule(slab, granuleShift); granule <= lastGranule(slab, granuleShift); granule++) {
            int place = home(granule);
            for (int probes = 0; probes < longestProbe && places[place] != slab; probes++) {
                place = next(place);
            }
            if (places[place] == slab) {
                places[place] = Slab.NONE;
                removed++;
            }
        }
    }

    /** The slab that covers an address, hidden or not, or null. Takes few steps even for an address in no slab. */
    Slab find(long address) {
        int place = home(address >>> granuleShift);
        for (int probes = 0; probes <= longestProbe; probes++) {
            Slab slab = places[place];
            if (slab == null || slab.covers(address)) {
                return slab;
            }
            place = next(place);
        }
        return null;
    }

    private int home(long granule) {
        return (int) granule & (places.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    private static long firstGranule(Slab slab, int granuleShift) {
        return slab.base() >>> granuleShift;
    }

    private static long lastGranule(Slab slab, int granuleShift) {
        return slab.end() - 1 >>> granuleShift;
    }
}
