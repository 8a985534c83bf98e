package io.slabcache.bench.sizes;

import io.slabcache.SlabAllocator;
import io.slabcache.bench.subject.SlabcacheSegment;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.MemorySegment;

/** Segments of a {@code SlabAllocator} with its default checks. */
@PartOf(
        value = SlabcacheSegment.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedSegments extends MixedObjects<MemorySegment> {
    private SlabAllocator allocator;

    @Override
    protected void open() {
        allocator = SlabAllocator.builder("mixed").build();
    }

    @Override
    protected MemorySegment take(int size) {
        return allocator.allocate(size);
    }

    @Override
    protected void give(MemorySegment object) {
        allocator.free(object);
    }

    @Override
    protected void close() {
        allocator.close();
    }
}
