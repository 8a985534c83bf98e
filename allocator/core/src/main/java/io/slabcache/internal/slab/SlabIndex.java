package io.slabcache.internal.slab;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * All slabs of a cache, found by any address in them, without a lock and without touching the address.
 *
 * <p>An open-addressed table, keyed by the upper bits of the address. It has one entry for each granule (a quarter of
 * the smallest slab) that a slab covers, so nearly every look-up is one load and one range check. Linear probing
 * resolves granules shared by two slabs, and collisions. Entries are verified by the slab's range, not by the key, so a
 * probe may stop at any entry of the right slab.
 *
 * <p>Writers hold the lock of the {@link SlabList}. Readers take no lock: in the {@link SlabTable} that they see,
 * entries are added and removed in place; a table of another size is published with release. A reader that owns an
 * address sees its slab, because the slab was added before its first object left the list. The read of the table is
 * plain: an acquire keeps the compiler from merging the look-ups of an allocation and the free that follows. So in
 * theory a reader that races with a rebuild may see the new array without its entries and find nothing. Callers look
 * again under the lock before they report that.
 */
public sealed class SlabIndex permits NumberedIndex {
    private static final VarHandle TABLE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "table", VarHandle.class, SlabIndex.class, Slab[].class);
    private static final VarHandle BUILDER = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "builder", VarHandle.class, SlabIndex.class, SlabTable.class);

    /** The number of objects to read ahead before the first one is marked. */
    static final int LOOK_AHEAD = 64;

    private final int granuleShift;

    /** Every slab, by address; they do not overlap. Guarded by the list's lock. */
    private final NavigableSet<Slab> slabs =
            new TreeSet<>((one, other) -> Long.compareUnsigned(one.base(), other.base()));

    /** The owner of {@link #table}, for longer look-ups. Written under the list's lock with release; read plainly. */
    private SlabTable builder;

    /** Written under the list's lock with release; read plainly. */
    private Slab[] table;

    /** Whether all slabs are hidden, including those added meanwhile. Guarded by the list's lock. */
    private boolean sealed;

    /** Shared with other caches; null if this cache is found by itself. */
    private final SlabDirectory directory;

    SlabIndex(int granuleShift) {
        this(granuleShift, null);
    }

    SlabIndex(int granuleShift, SlabDirectory directory) {
        this.granuleShift = granuleShift;
        this.directory = directory;
        publish(SlabTable.of(slabs, granuleShift, 0));
        // The first use of a VarHandle allocates heap. Without this, it might come when the heap is full.
        findHidden(0);
    }

    /**
     * Finds the slab of an address. For any thread.
     *
     * @param address anything
     * @return the slab that contains the address, or {@code null}; always {@code null} while the cache is sealed
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
     * Marks objects, owned by the caller, live if they are spread over many slabs. Tries only the likely entry of each,
     * and stops at the first that needs a longer look-up.
     *
     * @param addresses of objects
     * @param from position of the first
     * @param end position behind the last
     * @return position of the first that is left
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
     * Marks live objects free if they are spread over many slabs. Tries only the likely entry of each, and stops at the
     * first that needs a longer look-up.
     *
     * <p>In a large cache nearly every live byte is a cache miss. A separate loop that only reads is so short that the
     * processor overlaps the misses of ten objects; a loop that also marks overlaps three.
     *
     * @param addresses anything
     * @param from position of the first
     * @param end position behind the last
     * @return position of the first that is left, perhaps before the end even if all are live
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
        // Repeats all checks: the slab may have been hidden meanwhile, an address may occur twice, and even the entry
        // may be gone, because the first read raced with its writer.
        while (i < live) {
            Slab slab = table[place(addresses[i], table)];
            if (slab == null || !slab.hasObjectAt(addresses[i]) || !slab.markFree(addresses[i])) {
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
     * Like {@link #find}, but works while the cache is sealed. For the holder of the lock, and for callers that own
     * objects of the slab and undo a step during a pending close, which may be refused.
     *
     * @param address anything; without the lock, of an object
     * @return the slab that contains the address, or {@code null}, also after a forced close
     */
    public Slab findHidden(long address) {
        return ((SlabTable) BUILDER.getAcquire(this)).find(address);
    }

    /**
     * Makes every {@link #find} fail, so that all checked fast paths take their slow path; or lets them succeed again.
     */
    void seal(boolean sealed) {
        this.sealed = sealed;
        // No iterator or lambda: undoing a refused close must not fail for lack of heap.
        for (Slab slab = slabs.isEmpty() ? null : slabs.first(); slab != null; slab = slabs.higher(slab)) {
            if (sealed) {
                slab.hide();
            } else {
                slab.show();
            }
        }
    }

    /** A slab here that overlaps this new one, or null. */
    Slab overlapping(Slab other) {
        Slab below = slabs.floor(other);
        Slab above = slabs.higher(other);
        if (below != null && overlap(below, other)) {
            return below;
        }
        return above != null && overlap(other, above) ? above : null;
    }

    /** Throws {@link IllegalStateException} if a slab here overlaps this new one. */
    void requireApart(Slab other) {
        Slab overlapping = overlapping(other);
        if (overlapping != null) {
            SlabOverlap.check(other, overlapping);
        }
    }

    private static boolean overlap(Slab low, Slab high) {
        return Long.compareUnsigned(high.start(), low.end()) < 0;
    }

    /** Whether a close is pending, or was decided. For the holder of the lock. */
    boolean isSealed() {
        return sealed;
    }

    /** Adds a slab that overlaps none. Changes nothing if the heap is full. */
    void add(Slab slab) {
        if (directory == null) {
            addHere(slab);
            return;
        }
        directory.add(slab);
        try {
            addHere(slab);
        } catch (OutOfMemoryError e) {
            directory.remove(slab);
            throw e;
        }
    }

    /** Allocates everything before it changes anything. */
    private void addHere(Slab slab) {
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

    /** Removes a slab and hides it for good. Allocates nothing. */
    void remove(Slab slab) {
        slabs.remove(slab);
        builder.remove(slab);
        slab.hide();
        if (directory != null) {
            directory.remove(slab);
        }
    }

    /** Lets the table shrink after slabs were removed. */
    void tidy() {
        rebuildIf(builder.isStale(), 0);
    }

    private void rebuildIf(boolean useful, int smallest) {
        if (useful) {
            try {
                publish(SlabTable.of(slabs, granuleShift, smallest));
            } catch (OutOfMemoryError e) {
                // The larger table still finds all slabs.
            }
        }
    }

    private void publish(SlabTable built) {
        BUILDER.setRelease(this, built);
        TABLE.setRelease(this, built.places);
    }

    /** All slabs by address: a view, for the holder of the lock. */
    NavigableSet<Slab> slabs() {
        return slabs;
    }

    /** The slab with the lowest address, or null. */
    Slab first() {
        return slabs.isEmpty() ? null : slabs.first();
    }

    /** Adds the slabs that follow the last of a list; returns whether there were {@code most} of them. */
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
            slab.freeMap.validate();
            Invariant.check(findHidden(slab.base()) == slab, "slab not found by its first byte", slab.base());
            Invariant.check(findHidden(slab.end() - 1) == slab, "nor by its last", slab.base());
        }
    }

    long heapBytes() {
        return table.length * 4L;
    }
}
