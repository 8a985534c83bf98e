package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import java.lang.foreign.MemorySegment;

/**
 * The pieces that the memory of a slab consists of: objects of the size that was asked for, and the gaps between them.
 * Gap <i>i</i> lies before object <i>i</i>, and one more behind the last object.
 */
final class Zones {
    private final SlabGeometry geometry;

    Zones(SlabGeometry geometry) {
        this.geometry = geometry;
    }

    MemorySegment object(Slab slab, int index) {
        long start = slab.address(index);
        return piece(slab, start, start + geometry.objectSize());
    }

    MemorySegment gap(Slab slab, int index) {
        long end = slab.address(index);
        return piece(
                slab, index == 0 ? end - geometry.leadingGap() : end - geometry.stride() + geometry.objectSize(), end);
    }

    /** The bytes of an object and its gaps between two addresses, as far as they belong to it. */
    MemorySegment around(Slab slab, int index, long from, long to) {
        long first = slab.address(index) - gap(slab, index).byteSize();
        long end = slab.address(index) + geometry.stride();
        return piece(slab, Math.clamp(from, first, end), Math.clamp(to, first, end));
    }

    private static MemorySegment piece(Slab slab, long start, long end) {
        MemorySegment memory = slab.memory();
        return memory.asSlice(start - memory.address(), end - start);
    }
}
