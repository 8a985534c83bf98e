package io.slabcache.internal.slab;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;

/** Slabs for tests. */
final class Slabs {
    private Slabs() {}

    /** Packed objects of one size in slabs that double, without a bound. */
    static SlabGeometry geometry(long objectSize) {
        return new SlabGeometry(objectSize, 1, 0, Long.MAX_VALUE);
    }

    /** A slab at an address of the caller's choice, behind which there is no memory. */
    static Slab at(long address, SlabGeometry geometry, int objects) {
        return new Slab(geometry, new NoMemory(MemorySegment.ofAddress(address)), objects);
    }

    /** A slab with memory of its own, which lives as long as the test. */
    static Slab real(SlabGeometry geometry, int objects) {
        long bytes = objects * geometry.stride;
        return new Slab(geometry, new FakeSource().allocate(bytes, geometry.regionAlignment()), objects);
    }

    static LongStream addresses(Slab slab) {
        return LongStream.range(0, slab.objects()).map(i -> slab.address((int) i));
    }

    private record NoMemory(MemorySegment segment) implements MemoryRegion {
        @Override
        public void close() {}
    }
}
