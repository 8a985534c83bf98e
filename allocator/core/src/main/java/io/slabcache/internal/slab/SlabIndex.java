package io.slabcache.internal.slab;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * All slabs of a cache, found by an address that lies in them, without a lock and without ever touching the address.
 *
 * <p>An open-addressed table keyed by the upper bits of the address: one entry for each granule (a quarter of the
 * smallest slab) that a slab covers, so that nearly every look-up is one load and one range check. A granule shared by
 * two slabs, and granules whose keys collide, are resolved by linear probing; because an entry is verified by the
 * slab's range and not by the key, a probe may stop at any entry of the right slab.
 *
 * <p>Writers hold the lock of the {@link SlabList}. Readers take no lock: in the {@link SlabTable} that they see, entries
 * are added and removed in place; a table of another size is published with release. A reader that was handed an address
 * by its owner sees the slab, because the slab was added before its first object left the list. The read of the table is
 * plain, since an acquiring one keeps the compiler from merging the look-ups of an allocation and the free that follows.
 * So in theory a reader that races with a rebuild may see the new array without its entries and find nothing; callers ask
 * again under the lock before they report that.
 */
public final class SlabIndex {
    private static final VarHandle TABLE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "table", VarHandle.class, SlabIndex.class, Slab[].class);
    private static final VarHandle BUILDER = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "builder", VarHandle.class, SlabIndex.class, SlabTable.class);

    /** So many objects are looked at before the first is marked. */
    private static final int LOOK_AHEAD = 64;

    private final int granuleShift;

    /** Every slab, by address. Guarded by the list's lock. */
    private final NavigableSet<Slab> slabs = new TreeSet<>(Slab.BY_ADDRESS);

    /** What {@link #table} is part of, for longer look-ups. Written under the list's lock, with release; read plainly. */
    private SlabTable builder;

    /** Written under the list's lock, with release; read plainly. */
    private Slab[] table;

    /** Whether slabs are hidden, those that are added meanwhile, too. Guarded by the list's lock. */
    private boolean sealed;

    SlabIndex(int granuleShift) {
        this.granuleShift = granuleShift;
        publish(SlabTable.of(slabs, granuleShift, 0));
        // The first use of a VarHandle takes heap. Where this one is needed, to put an object back, there may be none.
        findHidden(0);
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
        return slab != null && slab.contains(address) ? slab : probe(address);
    }

    private Slab probe(long address) {
        Slab slab = builder.find(address);
        return slab != null && slab.contains(address) ? slab : null;
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
        // All over again: the slab may have been hidden meanwhile, the address may be there twice. Not even that the
        // entry
        // is still there follows from the first read, which raced with its writer.
        while (i < live) {
            Slab slab = table[place(addresses[i], table)];
            if (slab == null || slab.markFree(addresses, i, i + 1) == i) {
                break;
            }
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
        return ((SlabTable) BUILDER.getAcquire(this)).find(address);
    }

    /** Makes every {@link #find} fail, which sends all checked fast paths to their slow path; or succeed again. */
    void seal(boolean sealed) {
        this.sealed = sealed;
        // Without an iterator or a lambda: a close that is refused has to undo this, also when the heap is full.
        for (Slab slab = slabs.isEmpty() ? null : slabs.first(); slab != null; slab = slabs.higher(slab)) {
            if (sealed) {
                slab.hide();
            } else {
                slab.show();
            }
        }
    }

    /** A slab whose region overlaps that of another one, which is not here; or null. */
    Slab overlapping(Slab other) {
        Slab below = slabs.floor(other);
        Slab above = slabs.higher(other);
        if (below != null && overlap(below, other)) {
            return below;
        }
        return above != null && overlap(other, above) ? above : null;
    }

    /** Throws an {@link IllegalStateException} if there is such a slab. */
    void requireApart(Slab other) {
        Slab overlapping = overlapping(other);
        if (overlapping != null) {
            SlabOverlap.check(other, overlapping);
        }
    }

    private static boolean overlap(Slab low, Slab high) {
        return Long.compareUnsigned(high.start(), low.end()) < 0;
    }

    /** Takes in a slab that overlaps none. All that allocates comes before any change that would have to be undone. */
    void add(Slab slab) {
        if (sealed) {
            slab.hide();
        }
        slabs.add(slab);
        if (builder.hasRoomFor(slab)) {
            builder.insert(slab);
            rebuildIf(builder.isCrowded(), builder.places.length * 2);
            return;
        }
        try {
            publish(SlabTable.of(slabs, granuleShift, builder.places.length));
        } catch (OutOfMemoryError e) {
            slabs.remove(slab);
            throw e;
        }
    }

    /** Forgets a slab, and hides it for good. Allocates nothing. */
    void remove(Slab slab) {
        slabs.remove(slab);
        builder.remove(slab);
        slab.hide();
    }

    /** After slabs were removed: lets the table become smaller. */
    void tidy() {
        rebuildIf(builder.isStale(), 0);
    }

    private void rebuildIf(boolean useful, int smallest) {
        if (useful) {
            try {
                publish(SlabTable.of(slabs, granuleShift, smallest));
            } catch (OutOfMemoryError e) {
                // All slabs are found as it is, by longer ways.
            }
        }
    }

    private void publish(SlabTable built) {
        BUILDER.setRelease(this, built);
        TABLE.setRelease(this, built.places);
    }

    /** All slabs, by address: a view, for the holder of the lock. */
    NavigableSet<Slab> slabs() {
        return slabs;
    }

    /** The slab with the lowest address, or null. */
    Slab first() {
        return slabs.isEmpty() ? null : slabs.first();
    }

    /** Adds the slabs that follow the last of a list; returns whether there were as many as wanted. */
    boolean addNext(List<Slab> to, int most) {
        int end = to.size() + most;
        Iterator<Slab> next = (to.isEmpty() ? slabs : slabs.tailSet(to.getLast(), false)).iterator();
        while (to.size() < end && next.hasNext()) {
            to.add(next.next());
        }
        return to.size() == end;
    }

    void validate() {
        for (Slab slab : slabs) {
            slab.validate();
            Invariant.check(findHidden(slab.base()) == slab, "slab not found by its first byte", slab.base());
            Invariant.check(findHidden(slab.end() - 1) == slab, "nor by its last", slab.base());
        }
    }

    long heapBytes() {
        return table.length * 4L;
    }
}
