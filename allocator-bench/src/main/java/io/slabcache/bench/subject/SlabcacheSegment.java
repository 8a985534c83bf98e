package io.slabcache.bench.subject;

import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectHandOver;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;

/**
 * Slabcache as most programs use it: segments from a cache that all threads share, with the standard
 * checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheSegment\.' -prof gc}
 */
@Subject(id = "slabcache-segment", group = Subject.Group.SLABCACHE, about = "SlabCache, MemorySegment, standard checks")
public class SlabcacheSegment extends ObjectHandOver<MemorySegment> {

    private SlabCache cache;

    @Override
    protected void open() {
        cache = SlabCache.builder("bench", objectSize).build();
    }

    @Override
    protected MemorySegment take() {
        return cache.allocate();
    }

    @Override
    protected void give(MemorySegment object) {
        cache.free(object);
    }

    @Override
    protected void close() {
        cache.close();
    }
}
