package io.slabcache.internal.debug;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import java.lang.foreign.MemorySegment;

/**
 * The layout of a slab's memory: objects of the requested size, and the gaps between them. Gap <i>i</i> lies before
 * object <i>i</i>; one more gap lies behind the last object.
 */
final class Zones {
    private final SlabGeometry geometry;

    Zones(SlabGeometry geometry) {
        this.geometry = geometry;
    }

    long objectSize() {
        return geometry.objectSize();
    }

    MemorySegment object(Slab slab, int index) {
        long start = slab.address(index);
        return piece(slab, start, start + geometry.objectSize());
    }

    long gapLength(int index) {
        return index == 0 ? geometry.leadingGap() : geometry.stride() - geometry.objectSize();
    }

    long gapStart(Slab slab, int index) {
        return slab.address(index) - gapLength(index);
    }

    MemorySegment gap(Slab slab, int index) {
        return piece(slab, gapStart(slab, index), slab.address(index));
    }

    /** The bytes of an object and its gaps between two addresses. */
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
