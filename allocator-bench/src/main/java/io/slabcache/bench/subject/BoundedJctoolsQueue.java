package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectBounded;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.MemorySegment;

/** {@link JctoolsQueue} shared by threads that come and go. */
@PartOf(
        value = JctoolsQueue.class,
        workloads = {Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8})
public class BoundedJctoolsQueue extends ObjectBounded<MemorySegment> {

    public BoundedJctoolsQueue() {
        super(new JctoolsQueue());
    }
}
