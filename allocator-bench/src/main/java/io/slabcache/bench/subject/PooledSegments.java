package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectHandOver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A queue used as a pool: filled once with slices of one block, which then go in and out of it. */
abstract class PooledSegments extends ObjectHandOver<MemorySegment> {

    private Arena arena;

    @Override
    protected final void open() {
        arena = Arena.ofShared();
        openQueue();
        MemorySegment block = arena.allocate((long) POOLED_OBJECTS * objectSize, 64);
        for (int i = 0; i < POOLED_OBJECTS; i++) {
            give(block.asSlice((long) i * objectSize, objectSize));
        }
    }

    /** Creates a queue of at least {@link #POOLED_OBJECTS} places. */
    abstract void openQueue();

    @Override
    protected final void close() {
        arena.close();
    }
}
