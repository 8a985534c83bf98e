package io.slabcache.internal.slab;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * All slabs of a cache, found by an address that lies in them, without a lock and without ever touching the address.
 *
 * <p>An open-addressed table keyed by the upper bits of the address: one entry for each granule (a quarter of the
 * smallest slab) that a slab covers, so that nearly every look-up is one load and one range check. A granule shared by
 * two slabs, and granules whose keys collide, are resolved by linear probing; because an entry is verified by the
 * slab's range and not by the key, a probe may stop at any entry of the right slab.
 *
 * <p>Writers hold the lock of the {@link SlabList}. Readers take no lock: a table only ever gains entries in place;
 * every other change is a new table, published with release. A reader that was handed an address by its owner sees the
 * slab, because the slab was added before its first object left the list. The read of the table is plain, since an
 * acquiring one keeps the compiler from merging the look-ups of an allocation and the free that follows. So in theory a
 * reader that races with a rebuild may see the new array without its entries and find nothing; callers ask again under
 * the lock before they report that.
 */
public final class SlabIndex {
    private static final VarHandle TABLE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "table", VarHandle.class, SlabIndex.class, Slab[].class);

    private static final int SMALLEST_TABLE = 16;

    /** Longest displacement that is accepted before the table is doubled instead. */
    private static final int MAX_PROBES = 8;

    /** Scattered memory may not blow the table up beyond this many places per entry. */
    private static final int MAX_PLACES_PER_ENTRY = 16;

    /** So many objects are looked at before the first is marked. */
    private static final int LOOK_AHEAD = 64;

    private final int granuleShift;

    /** Every slab, in the order of their making. Guarded by the list's lock. */
    private final List<Slab> slabs = new ArrayList<>();

    /** Granules of all slabs. Guarded by the list's lock. */
    private long entries;

    /** Written under the list's lock, with release; read plainly. */
    private Slab[] table = new Slab[SMALLEST_TABLE];

    SlabIndex(int granuleShift) {
        this.granuleShift = granuleShift;
    }

    /**
     * Finds the slab of an address; any thread.
     *
     * @param address anything
     * @return the slab that the address lies in, or {@code null}; always {@code null} while the cache is sealed
     */
    public Slab find(long address) {
        Slab[] table = this.table;
        Slab slab = table[place(address, table)];
        return slab != null && slab.contains(address) ? slab : probe(address, table);
    }

    private Slab probe(long address, Slab[] table) {
        Slab slab = locate(address, table);
        return slab != null && slab.contains(address) ? slab : null;
    }

    private Slab locate(long address, Slab[] table) {
        int place = place(address, table);
        for (Slab slab; (slab = table[place]) != null; place = (place + 1) & (table.length - 1)) {
            if (slab.covers(address)) {
                return slab;
            }
        }
        return null;
    }

    /**
     * Marks objects in the caller's hands live that lie in many slabs, up to the first that takes a closer look: each is
     * looked for at its likely place in the table only.
     *
     * @param addresses of objects
     * @param from place of the first
     * @param end place behind the last
     * @return place of the first that is left
     */
    public int markLive(long[] addresses, int from, int end) {
        Slab[] table = this.table;
        int i = from;
        while (i < end) {
            Slab slab = table[place(addresses[i], table)];
            if (slab == null || !slab.hasObjectAt(addresses[i])) {
                break;
            }
            slab.markLive(addresses[i++]);
        }
        return i;
    }

    /**
     * Marks live objects free that lie in many slabs, up to the first that takes a closer look: each is looked for at its
     * likely place in the table only.
     *
     * <p>In a large cache nearly every live byte has to come from memory. So a loop that does nothing else reads the next
     * ones first: it is so short that the processor has those of ten objects on their way at a time, which it has of three
     * if it is to mark each before it looks at the next.
     *
     * @param addresses anything
     * @param from place of the first
     * @param end place behind the last
     * @return place of the first that is left, which need not be the end though all be live
     */
    public int markFree(long[] addresses, int from, int end) {
        Slab[] table = this.table;
        int live = from;
        for (int last = Math.min(end, from + LOOK_AHEAD); live < last; live++) {
            Slab slab = table[place(addresses[live], table)];
            if (slab == null
                    || !slab.hasObjectAt(addresses[live])
                    || slab.liveBytes()[slab.place(addresses[live])] <= 0) {
                break;
            }
        }
        int i = from;
        // All over again: the slab may have been hidden meanwhile, the address may be there twice.
        while (i < live && table[place(addresses[i], table)].markFree(addresses, i, i + 1) > i) {
            i++;
        }
        return i;
    }

    private int place(long address, Slab[] table) {
        return (int) (address >>> granuleShift) & (table.length - 1);
    }

    /**
     * {@link #find}, blind to sealing: for the holder of the lock, and for what undoes a step while a close is being decided,
     * which may be refused, by a caller that has objects of the slab in its hands.
     *
     * @param address anything; of an object, without the lock
     * @return the slab that the address lies in, or {@code null}, also if the cache was closed by force meanwhile
     */
    public Slab findHidden(long address) {
        return locate(address, table);
    }

    /** Makes every {@link #find} fail, which sends all checked fast paths to their slow path. */
    void seal() {
        slabs.forEach(Slab::hide);
    }

    void unseal() {
        slabs.forEach(Slab::show);
    }

    void add(Slab slab) {
        long more = entries + granules(slab);
        slabs.add(slab);
        if (more * 2 > table.length) {
            try {
                publish(build(slabs, more, table.length));
            } catch (OutOfMemoryError e) {
                slabs.removeLast();
                throw e;
            }
            entries = more;
        } else {
            entries = more;
            if (insert(slab, table) > MAX_PROBES) {
                shortenProbes();
            }
        }
    }

    private void shortenProbes() {
        try {
            publish(build(slabs, entries, table.length));
        } catch (OutOfMemoryError e) {
            // All slabs are found as it is, by longer ways.
        }
    }

    /** Forgets the slabs that a predicate picks, and returns them. */
    List<Slab> removeIf(Predicate<Slab> gone) {
        List<Slab> removed = slabs.stream().filter(gone).toList();
        if (!removed.isEmpty()) {
            List<Slab> left = slabs.stream().filter(gone.negate()).toList();
            long granules = left.stream().mapToLong(this::granules).sum();
            // Before anything is changed: the heap may have no room for it.
            Slab[] rebuilt = build(left, granules, SMALLEST_TABLE);
            slabs.removeIf(gone);
            removed.forEach(Slab::retire);
            entries = granules;
            publish(rebuilt);
        }
        return removed;
    }

    List<Slab> slabs() {
        return slabs;
    }

    private Slab[] build(List<Slab> of, long entries, int smallest) {
        int size = smallest;
        while (size < entries * 2) {
            size *= 2;
        }
        Slab[] built = new Slab[size];
        while (fill(built, of) > MAX_PROBES && built.length < entries * MAX_PLACES_PER_ENTRY) {
            built = new Slab[built.length * 2];
        }
        return built;
    }

    private void publish(Slab[] built) {
        TABLE.setRelease(this, built);
    }

    private int fill(Slab[] into, List<Slab> of) {
        int longest = 0;
        for (Slab slab : of) {
            longest = Math.max(longest, insert(slab, into));
        }
        return longest;
    }

    /** Returns the longest displacement. */
    private int insert(Slab slab, Slab[] into) {
        int longest = 0;
        for (long granule = slab.base() >>> granuleShift; granule <= lastGranule(slab); granule++) {
            int place = (int) granule & (into.length - 1);
            int probes = 0;
            while (into[place] != null && into[place] != slab) {
                place = (place + 1) & (into.length - 1);
                probes++;
            }
            into[place] = slab;
            longest = Math.max(longest, probes);
        }
        return longest;
    }

    private long granules(Slab slab) {
        return lastGranule(slab) - (slab.base() >>> granuleShift) + 1;
    }

    private long lastGranule(Slab slab) {
        return (slab.base() + slab.length() - 1) >>> granuleShift;
    }

    long heapBytes() {
        return table.length * 4L;
    }
}
