package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import java.util.TreeSet;

/**
 * The slabs of several caches, found by any address in them: one look-up tells to which cache an object belongs.
 *
 * <p>A {@link SlabIndex} of each cache adds and removes slabs under the lock of its own list, so this has a lock of its
 * own, the innermost of all. Readers take none, as in a {@link SlabIndex}, whose races and their cures are the same here.
 * A slab is found while it is hidden, too: its cache decides what that means.
 */
public final class SlabDirectory {
    /** One entry for each 64 KiB, the smallest slab. */
    private static final int GRANULE_SHIFT = Long.numberOfTrailingZeros(SlabGeometry.SMALLEST_SLAB_BYTES);

    private final CountedLock lock = new CountedLock();

    /** By address. Guarded by the lock. */
    private final TreeSet<Slab> slabs = new TreeSet<>((one, other) -> Long.compareUnsigned(one.base(), other.base()));

    /** The owner of {@link #table}. Written under the lock, read plainly. */
    private SlabTable builder = SlabTable.of(slabs, GRANULE_SHIFT, 0);

    /** Written under the lock, read plainly. */
    private Slab[] table = builder.places;

    /** A directory without slabs. */
    public SlabDirectory() {}

    /**
     * Finds the slab of an address. For any thread. May miss a slab that is being added or was never the caller's.
     *
     * @param address anything
     * @return the slab whose objects cover the address, hidden or not; or {@code null}
     */
    public Slab find(long address) {
        Slab[] table = this.table;
        Slab slab = table[(int) (address >>> GRANULE_SHIFT) & (table.length - 1)];
        return slab != null && slab.covers(address) ? slab : builder.find(address);
    }

    /**
     * Finds the slab of an address, under the lock, for reports that must not be wrong.
     *
     * @param address anything
     * @return as {@link #find}
     */
    public Slab findSurely(long address) {
        lock.lock();
        try {
            return builder.find(address);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a slab that overlaps none. Changes nothing if the heap is full. */
    void add(Slab slab) {
        lock.lock();
        try {
            slabs.add(slab);
            if (builder.hasRoomFor(slab)) {
                builder.insert(slab);
                rebuildIf(builder.isCrowded(), builder.places.length * 2);
                return;
            }
            try {
                publish(SlabTable.of(slabs, GRANULE_SHIFT, builder.places.length));
            } catch (OutOfMemoryError e) {
                slabs.remove(slab);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes a slab. Needs no heap. */
    void remove(Slab slab) {
        lock.lock();
        try {
            slabs.remove(slab);
            builder.remove(slab);
            rebuildIf(builder.isStale(), 0);
        } finally {
            lock.unlock();
        }
    }

    private void rebuildIf(boolean useful, int smallest) {
        if (useful) {
            try {
                publish(SlabTable.of(slabs, GRANULE_SHIFT, smallest));
            } catch (OutOfMemoryError e) {
                // The larger table still finds all slabs.
            }
        }
    }

    private void publish(SlabTable built) {
        builder = built;
        table = built.places;
    }

    /** {@return an estimate of the Java heap, for 4-byte references} */
    public long heapBytes() {
        return table.length * 4L;
    }
}
