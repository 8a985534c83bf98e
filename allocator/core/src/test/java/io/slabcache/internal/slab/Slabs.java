package io.slabcache.internal.slab;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;

/** Makes slabs for tests. */
final class Slabs {
    private Slabs() {}

    /** Returns a geometry of packed objects, in slabs that double, without a bound. */
    static SlabGeometry geometry(long objectSize) {
        return new SlabGeometry(objectSize, 1, 0, Long.MAX_VALUE);
    }

    /** Returns a slab at the given address, where there is no memory. */
    static Slab at(long address, SlabGeometry geometry, int objects) {
        return at(address, geometry, objects, new OnDemandHeap());
    }

    /** Returns such a slab, whose generations are counted. */
    static Slab at(long address, SlabGeometry geometry, int objects, OnDemandHeap onDemand) {
        return of(new NoMemory(MemorySegment.ofAddress(address)), geometry, objects, onDemand);
    }

    /** Returns a slab with its own memory, which lives as long as the test. */
    static Slab real(SlabGeometry geometry, int objects) {
        long bytes = objects * geometry.stride;
        return of(new FakeSource().allocate(bytes, geometry.regionAlignment()), geometry, objects);
    }

    /** Returns a slab in a region that no supply knows. */
    static Slab of(MemoryRegion region, SlabGeometry geometry, int objects) {
        return of(region, geometry, objects, new OnDemandHeap());
    }

    /** A slab whose segments and generations are counted. */
    static Slab of(MemoryRegion region, SlabGeometry geometry, int objects, OnDemandHeap onDemand) {
        SlabRegion taken = new SlabRegion();
        taken.request((bytes, alignment) -> region, 0, 0);
        taken.open();
        Slab slab = new Slab(geometry, taken, objects, onDemand);
        taken.belongsTo(slab);
        return slab;
    }

    /** Lets a factory make a slab that overlaps no other. */
    static Slab create(SlabFactory factory, int objects) {
        Growth growth = Growth.hurried();
        growth.objects = objects;
        return factory.create(growth, new Alone());
    }

    private static final class Alone implements SlabFactory.Claims {
        @Override
        public void claim(Growth growth, Slab slab) {}

        @Override
        public void withdraw(Growth growth) {}
    }

    static LongStream addresses(Slab slab) {
        return LongStream.range(0, slab.objects()).map(i -> slab.address((int) i));
    }

    private record NoMemory(MemorySegment segment) implements MemoryRegion {
        @Override
        public void close() {}
    }
}
