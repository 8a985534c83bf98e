package io.slabcache.internal.cache;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The objects of a cache that all lie in one region, numbered in the order of their addresses. */
public final class OneRegion {
    private final CacheCore core;
    private final SlabGeometry geometry;
    private final Slab slab;
    private final MemorySegment window;
    private final long base;

    private OneRegion(CacheCore core, Slab slab) {
        this.core = core;
        this.geometry = core.supply.geometry();
        this.slab = slab;
        this.base = slab.address(0);
        MemorySegment memory = slab.memory();
        this.window = memory.asSlice(base - memory.address(), slab.objects() * geometry.stride());
    }

    /** The region of a cache that has made all its objects; null if they lie in several. */
    static @Nullable OneRegion of(CacheCore core) {
        return core.supply.geometry().isWhole()
                ? new OneRegion(core, core.supply.slabs().getFirst())
                : null;
    }

    /**
     * Returns the region, or says how to get one.
     *
     * @param region of a cache, or {@code null}
     * @param core of the cache
     * @return the region
     */
    public static OneRegion require(@Nullable OneRegion region, CacheCore core) {
        if (region == null) {
            throw new UnsupportedOperationException("the objects of " + core + " may lie in several regions; expected"
                    + " a cache built with maxObjects(n) and reserve(n), of at most 1 GiB, without slabBytes");
        }
        return region;
    }

    /** {@return the memory from the first object to the end of the last one} */
    public MemorySegment window() {
        return window;
    }

    /** {@return the distance of an address from the first object} */
    public long offset(long address) {
        return address - base;
    }

    /** {@return the number of the object at an address} */
    public int indexOf(long address) {
        if (!slab.hasObjectAt(address)) {
            requireObject(address);
        }
        return geometry.indexOf(address - base);
    }

    /** For an address without an object, or while a close is pending. */
    private void requireObject(long address) {
        core.requireOpen();
        if (!slab.startsAt(address)) {
            throw new IllegalArgumentException("0x" + Long.toHexString(address) + " is not the start of an object of "
                    + core + "; expected an address that it handed out");
        }
    }

    /** {@return the address of an object} */
    public long addressOf(int index) {
        if (index < 0 || index >= slab.objects()) {
            throw new IndexOutOfBoundsException(
                    "index is " + index + "; expected 0 to " + (slab.objects() - 1) + ", an object of " + core);
        }
        return base + index * geometry.stride();
    }
}
