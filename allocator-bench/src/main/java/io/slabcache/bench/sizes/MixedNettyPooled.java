package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.NettyPooled;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;

/** Direct buffers of Netty's pooled allocator. */
@PartOf(
        value = NettyPooled.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedNettyPooled extends MixedNetty {
    public MixedNettyPooled() {
        super(new NettyPooled());
    }
}
