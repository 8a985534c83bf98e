package io.slabcache.bench.sizes;

import io.slabcache.SlabAllocatorBuilder;
import io.slabcache.bench.subject.SlabcacheAddressUnchecked;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import io.slabcache.diagnostics.Checks;

/** Addresses of a {@code SlabAllocator} without checks. */
@PartOf(
        value = SlabcacheAddressUnchecked.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedSlabcacheUnchecked extends MixedSlabcache {
    @Override
    SlabAllocatorBuilder builder() {
        return super.builder().checks(Checks.NONE);
    }
}
