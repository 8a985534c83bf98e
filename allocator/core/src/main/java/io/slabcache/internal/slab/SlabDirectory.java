package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import java.util.TreeSet;
import java.util.function.LongToIntFunction;

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

    /** Guarded by the lock. */
    private final PageClasses pages;

    /** That of {@link #pages}. Written under the lock, read plainly. */
    private byte[] pageClasses;

    /**
     * A directory without slabs.
     *
     * @param sizeClass the number of a size class, below 128, by the bytes of its objects
     */
    public SlabDirectory(LongToIntFunction sizeClass) {
        this.pages = new PageClasses(sizeClass);
        this.pageClasses = pages.table();
    }

    /**
     * Guesses the size class of an object. For any thread.
     *
     * @param address anything
     * @return the number of a class, most often the right one
     */
    public int likelyClass(long address) {
        return PageClasses.find(pageClasses, address);
    }

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
            addToTable(slab);
            pages.add(slab, slabs);
            pageClasses = pages.table();
        } finally {
            lock.unlock();
        }
    }

    private void addToTable(Slab slab) {
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
    }

    /** Removes a slab. Needs no heap. */
    void remove(Slab slab) {
        lock.lock();
        try {
            slabs.remove(slab);
            pages.remove(slab);
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
        return table.length * 4L + pageClasses.length;
    }
}
