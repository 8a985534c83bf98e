package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectHandOver;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The limit that no allocator of segments can beat: pop and push on a plain array of references. Each store of a
 * reference has the collector's barrier. The hand-over is the ring of references alone.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'LimitSegment\.' -prof gc}
 */
@Subject(
        id = "limit-segment",
        group = Subject.Group.LIMIT,
        about =
                "pop and push on a plain MemorySegment[], with calls for \"empty\" and \"full\" in bursts and replacements; "
                        + "handover: the ring of references alone",
        lacks = "the limit of addresses stands for it")
public class LimitSegment extends ObjectHandOver<MemorySegment> {

    private MemorySegment[] stack;
    private int size;
    private final PaddedLong sent = new PaddedLong();
    private final PaddedLong received = new PaddedLong();

    @Override
    protected void open() {
        MemorySegment block = Arena.ofAuto().allocate((long) POOLED_OBJECTS * objectSize, 64);
        stack = new MemorySegment[POOLED_OBJECTS];
        while (size < POOLED_OBJECTS) {
            stack[size] = block.asSlice((long) size * objectSize, objectSize);
            size++;
        }
    }

    @Override
    protected MemorySegment take() {
        return stack[--size];
    }

    @Override
    protected void give(MemorySegment object) {
        stack[size++] = object;
    }

    @Override
    protected void write(MemorySegment object, long value) {
        object.set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Override
    protected MemorySegment send() {
        sent.add(1);
        return stack[(int) sent.get() & (POOLED_OBJECTS - 1)];
    }

    /** Uses the object, so that the compiler cannot remove the read from the ring. */
    @Override
    protected void receive(MemorySegment object) {
        received.add(object.address());
    }
}
