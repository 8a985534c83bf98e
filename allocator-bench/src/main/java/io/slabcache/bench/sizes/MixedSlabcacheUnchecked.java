package io.slabcache.bench.sizes;

import io.slabcache.SlabAllocatorBuilder;
import io.slabcache.diagnostics.Checks;

/** Addresses of a {@code SlabAllocator} without checks. */
public class MixedSlabcacheUnchecked extends MixedSlabcache {
    @Override
    SlabAllocatorBuilder builder() {
        return super.builder().checks(Checks.NONE);
    }
}
