package io.slabcache.bench.subject;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectHandOver;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;

/**
 * Segments from each thread's {@link LocalCache}, with the standard checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLocalSegment\.' -prof gc}
 */
@Subject(
        id = "slabcache-local-segment",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, MemorySegment, standard checks")
public class SlabcacheLocalSegment extends ObjectHandOver<MemorySegment> {

    private SlabCache cache;
    private LocalCache local;

    /** Owned by the second thread, while there is one. */
    private LocalCache other;

    @Override
    protected void open() {
        cache = SlabCache.builder("bench", objectSize).build();
        local = cache.local();
    }

    @Override
    protected void enterThread() {
        other = cache.local();
    }

    @Override
    protected MemorySegment take() {
        return local.allocate();
    }

    @Override
    protected void give(MemorySegment object) {
        local.free(object);
    }

    @Override
    protected void receive(MemorySegment object) {
        other.free(object);
    }

    @Override
    protected void close() {
        cache.close();
    }
}
