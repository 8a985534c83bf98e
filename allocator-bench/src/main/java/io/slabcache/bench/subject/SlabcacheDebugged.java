package io.slabcache.bench.subject;

import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectPair;
import io.slabcache.diagnostics.Debug;
import java.lang.foreign.MemorySegment;

/**
 * Segments from a debugged Slabcache. Measured in one thread only: every call takes one lock, and a hand-over would
 * mostly measure that lock.
 */
abstract class SlabcacheDebugged extends ObjectPair<MemorySegment> {

    private final Debug[] ways;
    private SlabCache cache;

    SlabcacheDebugged(Debug... ways) {
        this.ways = ways;
    }

    @Override
    protected final void open() {
        cache = SlabCache.builder("bench", objectSize).debug(ways).build();
    }

    @Override
    protected final MemorySegment take() {
        return cache.allocate();
    }

    @Override
    protected final void give(MemorySegment object) {
        cache.free(object);
    }

    @Override
    protected final void close() {
        cache.close();
    }
}
