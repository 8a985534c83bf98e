package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectContended;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Queue;

/**
 * A queue as a pool: filled once with slices of one block, which then circulate. Made for few threads: it has only
 * as many objects as a workload needs.
 */
abstract class PooledSegments extends ObjectContended<MemorySegment> {

    /** Fills a new queue; the block lives as long as its slices. */
    final <Q extends Queue<MemorySegment>> Q fill(Q queue) {
        int objects = pooledObjects();
        MemorySegment block = Arena.ofAuto().allocate((long) objects * objectSize, 64);
        for (int i = 0; i < objects; i++) {
            queue.add(block.asSlice((long) i * objectSize, objectSize));
        }
        return queue;
    }

    /** Returns the next power of two for the queue's array. */
    final int capacity() {
        return Integer.highestOneBit(2 * pooledObjects() - 1);
    }

    @Override
    protected final void write(MemorySegment object, long value) {
        object.set(ValueLayout.JAVA_LONG, 0, value);
    }
}
