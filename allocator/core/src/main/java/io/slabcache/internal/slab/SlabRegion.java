package io.slabcache.internal.slab;

import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.MemorySegment;

/** The region of a slab that is out of use. It is held, like one that a native call uses, while an object is on a lease. */
record SlabRegion(Slab slab) implements MemoryRegion {
    @Override
    public MemorySegment segment() {
        return slab.region().segment();
    }

    @Override
    public void close() {
        if (slab.isAnyLeased()) {
            throw new IllegalStateException("a lease holds an object of this slab");
        }
        slab.region().close();
    }
}
