package io.slabcache.internal.cache;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabRanges;
import io.slabcache.internal.slab.SlabSupply;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The objects of a cache that all lie in one segment, numbered in the order of their addresses. */
public abstract sealed class OneRegion {
    private final CacheCore core;
    private final MemorySegment window;
    private final long base;
    private final long stride;
    private final long numbers;

    private OneRegion(CacheCore core, MemorySegment window) {
        this.core = core;
        this.window = window;
        this.base = window.address();
        this.stride = core.supply.geometry().stride();
        this.numbers = window.byteSize() / stride;
    }

    /** The segment of a new cache, after the objects that it reserves; null if they lie in several. */
    static @Nullable OneRegion of(CacheCore core) {
        SlabSupply supply = core.supply;
        if (supply.space().isReserved()) {
            return new Reserved(core, supply.space().numbered());
        }
        return supply.geometry().isWhole() && supply.counts().slabs() == 1
                ? new OneSlab(core, supply.slabs().getFirst())
                : null;
    }

    /**
     * Returns the segment, or says how to get one.
     *
     * @param region of a cache, or {@code null}
     * @param core of the cache
     * @return the region
     */
    public static OneRegion require(@Nullable OneRegion region, CacheCore core) {
        if (region == null) {
            throw new UnsupportedOperationException("the objects of " + core + " may lie in several regions; expected"
                    + " a cache built with maxObjects(n) and reserve(n), of at most 1 GiB, without slabBytes; or with"
                    + " memory that reserves addresses, such as MappedMemory on Linux");
        }
        return region;
    }

    /** {@return the memory from the first object to the end of the last one} */
    public final MemorySegment window() {
        return window;
    }

    /** {@return the distance of an address from the first object} */
    public final long offset(long address) {
        return address - base;
    }

    /** {@return the number of the object at an address} */
    public abstract int indexOf(long address);

    /** {@return the address of an object} */
    public final long addressOf(int index) {
        if (index < 0 || index >= numbers || !hasObject(index)) {
            throw new IndexOutOfBoundsException("index is " + index + "; expected 0 to " + (numbers - 1)
                    + ", an object of " + core + " that was made and not given back");
        }
        return base + index * stride;
    }

    abstract boolean hasObject(int index);

    /** For an address without an object or number, or while a close is pending. */
    final int requireNumber(long address) {
        Slab slab = core.find(address);
        if (slab == null || !slab.startsAt(address)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is not the start of an object of "
                    + core + "; expected an address that it handed out");
        }
        long number = (address - base) / stride;
        if (address < base || number >= numbers) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is the start of an object of "
                    + core + " that has no number, because the addresses reserved for " + numbers
                    + " objects were full; bound the cache with maxObjects(n)");
        }
        return (int) number;
    }

    /** All objects are in one slab, which exists until the close. */
    private static final class OneSlab extends OneRegion {
        private final SlabGeometry geometry;
        private final Slab slab;

        OneSlab(CacheCore core, Slab slab) {
            super(
                    core,
                    slab.memory()
                            .asSlice(
                                    slab.address(0) - slab.memory().address(),
                                    slab.objects() * core.supply.geometry().stride()));
            this.geometry = core.supply.geometry();
            this.slab = slab;
        }

        @Override
        public int indexOf(long address) {
            return slab.hasObjectAt(address) ? geometry.indexOf(address - slab.address(0)) : requireNumber(address);
        }

        @Override
        boolean hasObject(int index) {
            return true;
        }
    }

    /** The slabs are ranges of one reservation. */
    private static final class Reserved extends OneRegion {
        private final CacheCore core;
        private final SlabGeometry geometry;
        private final long base;
        private final long numbers;

        Reserved(CacheCore core, SlabRanges ranges) {
            super(core, ranges.window());
            this.core = core;
            this.geometry = core.supply.geometry();
            this.base = window().address();
            this.numbers = ranges.numbers();
        }

        @Override
        public int indexOf(long address) {
            long number = geometry.numberAt(address - base);
            Slab slab = core.index.find(address);
            return Long.compareUnsigned(number, numbers) < 0 && slab != null && slab.hasObjectAt(address)
                    ? (int) number
                    : requireNumber(address);
        }

        @Override
        boolean hasObject(int index) {
            long address = base + index * geometry.stride();
            Slab slab = core.index.find(address);
            return slab != null && slab.hasObjectAt(address) || core.owns(address);
        }
    }
}
