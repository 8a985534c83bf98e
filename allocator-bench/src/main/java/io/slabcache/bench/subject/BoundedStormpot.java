package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectBounded;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.MemorySegment;
import stormpot.Pooled;

/** {@link StormpotPool} shared by threads that come and go. */
@PartOf(
        value = StormpotPool.class,
        workloads = {Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8})
public class BoundedStormpot extends ObjectBounded<Pooled<MemorySegment>> {

    public BoundedStormpot() {
        super(new StormpotPool());
    }
}
