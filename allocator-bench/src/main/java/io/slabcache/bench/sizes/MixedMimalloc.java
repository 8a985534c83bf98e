package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.Mimalloc;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import org.lwjgl.system.mimalloc.mimalloc;

/** mimalloc with its default settings, through LWJGL's raw binding. */
@PartOf(
        value = Mimalloc.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedMimalloc extends MixedAddresses {
    @Override
    protected long take(int size) {
        return mimalloc.nmi_malloc(size);
    }

    @Override
    protected void give(long address) {
        mimalloc.nmi_free(address);
    }
}
