package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.Rpmalloc;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import org.lwjgl.system.rpmalloc.RPmalloc;

/** rpmalloc with its default settings, through LWJGL's raw binding. */
@PartOf(
        value = Rpmalloc.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedRpmalloc extends MixedAddresses {
    @Override
    protected void open() {
        if (RPmalloc.nrpmalloc_initialize(0) != 0) {
            throw new IllegalStateException("rpmalloc could not be initialized");
        }
        RPmalloc.rpmalloc_thread_initialize();
    }

    @Override
    protected long take(int size) {
        return RPmalloc.nrpmalloc(size);
    }

    @Override
    protected void give(long address) {
        RPmalloc.nrpfree(address);
    }
}
