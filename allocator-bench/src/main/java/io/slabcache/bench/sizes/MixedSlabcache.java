package io.slabcache.bench.sizes;

import io.slabcache.SlabAllocator;
import io.slabcache.SlabAllocatorBuilder;

/** Addresses of a {@code SlabAllocator} with its default checks. */
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
