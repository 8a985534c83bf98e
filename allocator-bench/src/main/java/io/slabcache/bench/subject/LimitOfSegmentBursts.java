package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectReplace;
import io.slabcache.bench.workload.PartOf;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@link LimitSegment} where objects are written: a {@link SegmentStack} whose calls for "empty" and "full" each burst and
 * each thousand replacements make once.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'LimitOfSegmentBursts\.(burst|replace)'}
 */
@PartOf(
        value = LimitSegment.class,
        workloads = {Workload.BURST_32, Workload.BURST_1000, Workload.REPLACE_10K, Workload.REPLACE_1M})
public class LimitOfSegmentBursts extends ObjectReplace<MemorySegment> {

    /** The objects that are free beside a live set: as few as a program needs that frees one before it takes one. */
    private static final int SPARE = 2;

    private SegmentStack stack;
    private MemorySegment block;
    private int burst;

    @Override
    protected void open() {
        stack = new SegmentStack(SPARE, objectSize);
    }

    @Override
    protected MemorySegment take() {
        return stack.pop();
    }

    @Override
    protected void give(MemorySegment object) {
        stack.push(object);
    }

    @Override
    protected void write(MemorySegment object, long value) {
        object.set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Override
    protected void beforeBurst(int count) {
        if (count != burst) {
            burst = count;
            stack = new SegmentStack(count - 1, objectSize);
        }
    }

    @Override
    protected MemorySegment takeLive(int place, int count) {
        if (place == 0) {
            block = Arena.global().allocate((long) count * objectSize, 64);
            // A program that frees one and takes one finds neither an empty nor a full stack.
            stack.pop();
        }
        return block.asSlice((long) place * objectSize, objectSize);
    }

    @Override
    protected void beforeTurns() {
        stack.callBoth();
    }

    @Override
    protected void giveLive(MemorySegment object) {}

    /** Returns how many calls for "empty" and "full" there were. */
    long calls() {
        return stack.calls();
    }
}
