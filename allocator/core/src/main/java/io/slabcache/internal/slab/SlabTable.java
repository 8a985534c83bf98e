package io.slabcache.internal.slab;

import java.util.Collection;

/**
 * An open-addressed table of slabs, keyed by the upper bits of an address: one entry for each granule that a slab covers.
 *
 * <p>An entry is verified by the slab's range and not by its key. So a probe may stop at any entry of the right slab, and a
 * slab needs one entry only for granules whose probes meet it anyway.
 *
 * <p>Writers hold the lock of the {@link SlabList}; readers of {@link #places} take no lock. Invariants: a place that was
 * filled never becomes null again, so a probe of a reader skips nothing that it should have found; the slab that replaces
 * a removed one, {@link Slab#NONE}, covers no address; at least half of the places are null. No
 * operation on a table allocates: only making one does.
 */
final class SlabTable {
    /** The longest displacement that is accepted before a larger table is tried. */
    private static final int MAX_PROBES = 8;

    /** Slabs at scattered addresses may not blow the table up beyond this many places for each entry. */
    private static final int MAX_PLACES_PER_ENTRY = 16;

    /** A new table has this many places for each entry, so that a sixth of it has to be filled before the next one. */
    private static final int PLACES_PER_ENTRY = 3;

    private static final int SMALLEST = 16;

    /** Written plainly under the list's lock, read plainly without it. A slab can be published so: it has final fields. */
    final Slab[] places;

    private final int granuleShift;

    /** Places that are not null. */
    private int used;

    /** Those of them that have {@link Slab#NONE}. */
    private int removed;

    /**
     * No entry lies farther from the place that its key asks for. Bounds the probe for an address of no slab: in adjacent
     * slabs all entries are one run. Written under the list's lock, read plainly.
     */
    private int longestProbe;

    private SlabTable(int size, int granuleShift) {
        this.places = new Slab[size];
        this.granuleShift = granuleShift;
    }

    /**
     * A table of slabs, large enough that displacements are short, if that is possible.
     *
     * @param smallest places that it has at least, a power of two
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

    /** Whether a slab can be inserted. */
    boolean hasRoomFor(Slab slab) {
        long granules = lastGranule(slab, granuleShift) - firstGranule(slab, granuleShift) + 1;
        return (used + granules) * 2 <= places.length;
    }

    /** Whether a larger table would have shorter displacements. */
    boolean isCrowded() {
        return longestProbe > MAX_PROBES && places.length < (long) (used - removed) * MAX_PLACES_PER_ENTRY;
    }

    /** Whether more slabs were removed than are left, so that making a table anew costs little for each of them. */
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
            // First, for readers that have an address of the slab because it is here.
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

    /** The slab that covers an address, hidden or not, or null. Takes few steps, also for an address of no slab. */
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
