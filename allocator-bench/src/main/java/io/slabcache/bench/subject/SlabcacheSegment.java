package io.slabcache.bench.subject;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.ObjectRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Slabcache as most programs use it: segments from a cache that all threads share, with the standard
 * checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheSegment\.' -prof gc}
 */
@Subject(
        id = "slabcache-segment",
        group = Subject.Group.SLABCACHE,
        about = "SlabCache, MemorySegment, standard checks; bounded: at most 4,096 objects; sizes: SlabAllocator",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheSegment extends ObjectRequests<MemorySegment> {

    private static final Shared<SlabCache> CACHE = new Shared<>(SlabCache::close);

    private SlabCache cache;

    @Override
    protected void open() {
        cache = CACHE.open(() -> builder().build());
    }

    SlabCacheBuilder builder() {
        return SlabCache.builder("bench", objectSize);
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
    protected void write(MemorySegment object, long value) {
        object.set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Override
    protected void close() {
        CACHE.close();
    }
}
