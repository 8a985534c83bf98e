package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.NettyAdaptive;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;

/** Direct buffers of Netty's adaptive allocator. */
@PartOf(
        value = NettyAdaptive.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedNettyAdaptive extends MixedNetty {
    public MixedNettyAdaptive() {
        super(new NettyAdaptive());
    }
}
