package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectBounded;
import io.slabcache.bench.workload.ObjectPair;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.MemorySegment;

/** {@link LimitSegment}: a {@link SegmentStack} for each thread, whose calls for "empty" and "full" each burst makes once. */
@PartOf(
        value = LimitSegment.class,
        workloads = {Workload.BOUNDED_1, Workload.BOUNDED_2, Workload.BOUNDED_4, Workload.BOUNDED_8})
public class BoundedLimitSegment extends ObjectBounded<MemorySegment> {

    public BoundedLimitSegment() {
        super(new ObjectPair<>() {
            private SegmentStack stack;

            @Override
            protected void open() {
                stack = new SegmentStack(BURST - 1, objectSize);
            }

            @Override
            protected MemorySegment take() {
                return stack.pop();
            }

            @Override
            protected void give(MemorySegment object) {
                stack.push(object);
            }
        });
    }
}
