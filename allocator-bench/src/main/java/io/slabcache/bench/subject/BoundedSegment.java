package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.ObjectBounded;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.MemorySegment;

/** {@link SlabcacheSegment} with as many objects at most as the pools have that are filled before. */
@PartOf(
        value = SlabcacheSegment.class,
        workloads = {Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8})
public class BoundedSegment extends ObjectBounded<MemorySegment> {

    public BoundedSegment() {
        super(new SlabcacheSegment() {
            @Override
            SlabCacheBuilder builder() {
                return super.builder().maxObjects(POOLED_OBJECTS);
            }
        });
    }
}
