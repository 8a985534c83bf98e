package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.TreeSet;

/**
 * The slabs of several caches, found by any address in them: one look-up tells to which cache an object belongs.
 *
 * <p>A {@link SlabIndex} of each cache adds and removes slabs under the lock of its own list, so this has a lock of its
 * own, the innermost of all. Readers take none, as in a {@link SlabIndex}, whose races and their cures are the same here.
 * A slab is found while it is hidden, too: its cache decides what that means.
 */
public final class SlabDirectory {
    private static final VarHandle LIKELY = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "likely", VarHandle.class, SlabDirectory.class, Slab[].class);

    /** One entry for each 64 KiB. Slabs that share one stand one behind the other. */
    private static final int GRANULE_SHIFT = Long.numberOfTrailingZeros(SlabGeometry.SMALLEST_SLAB_BYTES);

    private final CountedLock lock = new CountedLock();

    /** By address. Guarded by the lock. */
    private final TreeSet<Slab> slabs = new TreeSet<>((one, other) -> Long.compareUnsigned(one.base(), other.base()));

    /** Finds what {@link #pages} misses. Written under the lock, read plainly. */
    private SlabTable table = SlabTable.of(slabs, GRANULE_SHIFT, 0);

    /** Finds most addresses. Guarded by the lock. */
    private final SlabPages pages = new SlabPages();

    /** The slabs in {@link #pages}, never with a null. Written under the lock with release, read plainly. */
    private Slab[] likely;

    /** The numbers there. Written under the lock, read plainly. */
    private byte[] likelyClasses = pages.numbers();

    /** A directory without slabs. */
    public SlabDirectory() {
        // The first use of a VarHandle allocates heap. Done here, because later a call may not fail.
        publishPages();
    }

    private void publishPages() {
        LIKELY.setRelease(this, pages.table());
        likelyClasses = pages.numbers();
    }

    /**
     * Guesses the slab of an object. For any thread.
     *
     * @param address anything
     * @return most often the slab that covers the address, hidden or not; never null
     */
    public Slab likely(long address) {
        return SlabPages.find(likely, address);
    }

    /**
     * Guesses the size class of an object. For any thread.
     *
     * @param address anything
     * @return the number of a class, most often the right one
     */
    public int likelyClass(long address) {
        return SlabPages.number(likelyClasses, address);
    }

    /**
     * Finds the slab of an address. For any thread. May miss a slab that is being added or was never the caller's.
     *
     * @param address anything
     * @return the slab whose objects cover the address, hidden or not; or {@code null}
     */
    public Slab find(long address) {
        Slab slab = likely(address);
        return slab.covers(address) ? slab : table.find(address);
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
            return table.find(address);
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
            publishPages();
        } finally {
            lock.unlock();
        }
    }

    private void addToTable(Slab slab) {
        slabs.add(slab);
        if (table.hasRoomFor(slab)) {
            table.insert(slab);
            rebuildIf(table.isCrowded(), table.places.length * 2);
            return;
        }
        try {
            table = SlabTable.of(slabs, GRANULE_SHIFT, table.places.length);
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
            pages.remove(slab, slabs);
            publishPages();
            table.remove(slab);
            rebuildIf(table.isStale(), 0);
        } finally {
            lock.unlock();
        }
    }

    private void rebuildIf(boolean useful, int smallest) {
        if (useful) {
            try {
                table = SlabTable.of(slabs, GRANULE_SHIFT, smallest);
            } catch (OutOfMemoryError e) {
                // The larger table still finds all slabs.
            }
        }
    }

    /** {@return an estimate of the Java heap, for 4-byte references} */
    public long heapBytes() {
        return (table.places.length + likely.length) * 4L + likelyClasses.length;
    }
}
