package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.Jemalloc;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import org.lwjgl.system.jemalloc.JEmalloc;

/** jemalloc with its default settings, through LWJGL's raw binding. */
@PartOf(
        value = Jemalloc.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedJemalloc extends MixedAddresses {
    @Override
    protected long take(int size) {
        return JEmalloc.nje_malloc(size);
    }

    @Override
    protected void give(long address) {
        JEmalloc.nje_free(address);
    }
}
