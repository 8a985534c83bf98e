package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectContended;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;

/**
 * A queue as a pool: filled once with slices of one block, which then circulate. Made for few threads: it has only
 * {@link #POOLED_OBJECTS} objects.
 */
abstract class PooledSegments extends ObjectContended<MemorySegment> {

    /** Fills a new queue; the block lives as long as its slices. */
    final <Q extends Queue<MemorySegment>> Q fill(Q queue) {
        MemorySegment block = Arena.ofAuto().allocate((long) POOLED_OBJECTS * objectSize, 64);
        for (int i = 0; i < POOLED_OBJECTS; i++) {
            queue.add(block.asSlice((long) i * objectSize, objectSize));
        }
        return queue;
    }
}
