package io.slabcache.bench.sizes;

import io.slabcache.SlabAllocator;
import io.slabcache.SlabAllocatorBuilder;
import io.slabcache.bench.subject.SlabcacheAddress;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;

/** Addresses of a {@code SlabAllocator} with its default checks. */
@PartOf(
        value = SlabcacheAddress.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedSlabcache extends MixedAddresses {
    private SlabAllocator allocator;

    /** Describes the allocator. */
    SlabAllocatorBuilder builder() {
        return SlabAllocator.builder("mixed");
    }

    @Override
    protected void open() {
        allocator = builder().build();
    }

    @Override
    protected long take(int size) {
        return allocator.allocateAddress(size);
    }

    @Override
    protected void give(long address) {
        allocator.freeAddress(address);
    }

    @Override
    protected void close() {
        allocator.close();
    }
}
