package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.SlabcacheNetty;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;

/** Netty's buffers on objects of a {@code SlabAllocator} with its default checks. */
@PartOf(
        value = SlabcacheNetty.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedSlabcacheNetty extends MixedNetty {
    public MixedSlabcacheNetty() {
        super(new SlabcacheNetty());
    }
}
