package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The index of a cache whose slabs are ranges of one reservation: the slab of an object is found by one subtraction, which
 * gives the number of the object, and one load. Its table has one entry for each unit of objects, of which slabs consist,
 * so there are no collisions and nothing is probed.
 *
 * <p>Addresses within objects, which occur in mistakes only, and slabs outside of the reservation are found as in any index.
 */
public final class NumberedIndex extends SlabIndex {
    private final long base;
    private final long length;
    private final long inverse;
    private final int twos;
    private final int unitShift;

    /**
     * The slab of each unit, or {@link Slab#NONE}. Written under the list's lock, an array of another size behind a release fence;
     * read plainly. A reader that misses a new entry looks into the other index.
     */
    private Slab[] units = {};

    /**
     * An index without slabs.
     *
     * @param granuleShift for the other addresses
     * @param directory of all slabs of several caches, or null
     * @param slabs their geometry
     * @param window of all objects that have numbers
     * @param unit objects, a power of two; each slab begins with a unit
     */
    NumberedIndex(int granuleShift, SlabDirectory directory, SlabGeometry slabs, MemorySegment window, int unit) {
        super(granuleShift, directory);
        this.base = window.address();
        this.length = window.byteSize();
        this.inverse = slabs.inverse;
        this.twos = slabs.twos;
        this.unitShift = Integer.numberOfTrailingZeros(unit);
    }

    /**
     * Returns the slab in which an object starts, if any does.
     *
     * @param address anything
     * @return a slab, perhaps without an object at the address, or hidden; {@link Slab#NONE} for most addresses without
     */
    public Slab at(long address) {
        Slab[] units = this.units;
        long unit = Division.quotient(address - base, inverse, twos) >>> unitShift;
        return Long.compareUnsigned(unit, units.length) < 0 ? units[(int) unit] : Slab.NONE;
    }

    @Override
    public Slab find(long address) {
        Slab slab = at(address);
        return slab.contains(address) ? slab : super.find(address);
    }

    @Override
    public int markLive(long[] addresses, int from, int end) {
        int i = from;
        while (i < end) {
            Slab slab = at(addresses[i]);
            if (!slab.hasObjectAt(addresses[i])) {
                break;
            }
            slab.markLive(addresses[i++]);
        }
        return i;
    }

    /** As in the other index, first a loop that only reads. */
    @Override
    public int markFree(long[] addresses, int from, int end) {
        int live = from;
        for (int last = Math.min(end, from + LOOK_AHEAD); live < last; live++) {
            Slab slab = at(addresses[live]);
            if (!slab.hasObjectAt(addresses[live]) || slab.liveBytes()[slab.place(addresses[live])] <= 0) {
                break;
            }
        }
        int i = from;
        while (i < live) {
            Slab slab = at(addresses[i]);
            if (!slab.hasObjectAt(addresses[i]) || !slab.markFree(addresses[i])) {
                break;
            }
            i++;
        }
        return i;
    }

    @Override
    void add(Slab slab) {
        int from = firstUnit(slab);
        int end = from + unitsOf(slab);
        Slab[] room = from >= 0 && end > units.length ? larger(end) : units;
        super.add(slab);
        if (from >= 0) {
            Arrays.fill(room, from, end, slab);
            VarHandle.releaseFence();
            units = room;
        }
    }

    private Slab[] larger(int least) {
        Slab[] larger = Arrays.copyOf(units, Math.max(least, units.length * 2));
        Arrays.fill(larger, units.length, larger.length, Slab.NONE);
        return larger;
    }

    @Override
    void remove(Slab slab) {
        super.remove(slab);
        int from = firstUnit(slab);
        if (from >= 0) {
            Arrays.fill(units, from, from + unitsOf(slab), Slab.NONE);
        }
    }

    /** The first unit of a slab, or -1 if it is not in the reservation. */
    private int firstUnit(Slab slab) {
        long offset = slab.base() - base;
        return offset >= 0 && offset < length ? (int) (offset / slab.geometry.stride >>> unitShift) : -1;
    }

    private int unitsOf(Slab slab) {
        return (slab.objects() - 1 >>> unitShift) + 1;
    }

    @Override
    void validate() {
        super.validate();
        for (Slab slab : slabs()) {
            Invariant.check(
                    firstUnit(slab) < 0 || at(slab.base()) == slab && at(slab.address(slab.objects() - 1)) == slab,
                    "slab not found by its objects",
                    slab.base());
        }
    }

    @Override
    long heapBytes() {
        return super.heapBytes() + units.length * 4L;
    }
}
