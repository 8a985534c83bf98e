package io.slabcache.bench.subject;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectBatch;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;

/**
 * Segments from the {@link LocalCache} that the measuring thread keeps, with the standard checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLocalSegment\.' -prof gc}
 */
@Subject(
        id = "slabcache-local-segment",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, MemorySegment, standard checks")
public class SlabcacheLocalSegment extends ObjectBatch<MemorySegment> {

    private SlabCache cache;
    private LocalCache local;

    @Override
    protected void open() {
        cache = SlabCache.builder("bench", objectSize).build();
        local = cache.local();
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
    protected void close() {
        cache.close();
    }
}
