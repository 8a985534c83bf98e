package io.slabcache.bench.subject;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.CompilerControl;

/** Like {@link AddressStack}, but of segments: each store of a reference has the collector's barrier. */
public final class SegmentStack {
    private final MemorySegment[] segments;
    private int size;

    /** The object that found the stack full, for the next pop that finds it empty. */
    private MemorySegment extra;

    private long calls;

    /**
     * Makes a full stack.
     *
     * @param objects how many
     * @param objectSize the bytes of each
     */
    public SegmentStack(int objects, int objectSize) {
        MemorySegment block = Arena.ofAuto().allocate((objects + 1L) * objectSize, 64);
        segments = new MemorySegment[objects];
        while (size < objects) {
            segments[size] = block.asSlice((long) size * objectSize, objectSize);
            size++;
        }
        extra = block.asSlice((long) size * objectSize, objectSize);
    }

    public MemorySegment pop() {
        int top = size - 1;
        if (Integer.compareUnsigned(top, segments.length) >= 0) {
            return popEmpty();
        }
        size = top;
        return segments[top];
    }

    public void push(MemorySegment segment) {
        int top = size;
        if (Integer.compareUnsigned(top, segments.length) >= 0) {
            pushFull(segment);
            return;
        }
        segments[top] = segment;
        size = top + 1;
    }

    /** Makes a call for "empty" and one for "full". */
    void callBoth() {
        int objects = size;
        size = 0;
        MemorySegment saved = pop();
        size = segments.length;
        push(saved);
        size = objects;
    }

    /** Returns how many pops found the stack empty, and pushes found it full. */
    public long calls() {
        return calls;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private MemorySegment popEmpty() {
        calls++;
        return extra;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private void pushFull(MemorySegment segment) {
        calls++;
        extra = segment;
    }
}
