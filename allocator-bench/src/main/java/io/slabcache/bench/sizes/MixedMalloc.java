package io.slabcache.bench.sizes;

import io.slabcache.bench.subject.CriticalMalloc;
import io.slabcache.bench.subject.Malloc;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;

/** The C library's malloc and free by critical calls of the foreign function interface. */
@PartOf(
        value = Malloc.class,
        workloads = {Workload.SIZES_128, Workload.SIZES_10K})
public class MixedMalloc extends MixedAddresses {
    @Override
    protected long take(int size) {
        return CriticalMalloc.malloc(size);
    }

    @Override
    protected void give(long address) {
        CriticalMalloc.free(address);
    }
}
