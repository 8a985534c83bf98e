package io.slabcache.bench.subject;

import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import io.slabcache.bench.workload.ObjectRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The objects of {@code slabcache-segment} as pooled buffers of Agrona.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheAgrona\.' -prof gc}
 */
@Subject(
        id = "slabcache-agrona",
        group = Subject.Group.SLABCACHE,
        about = "BufferPool of a SlabCache, Agrona's UnsafeBuffer, standard checks")
public class SlabcacheAgrona extends ObjectRequests<UnsafeBuffer> {

    private static final Shared<SlabCache> CACHE = new Shared<>(SlabCache::close);

    private BufferPool pool;

    @Override
    protected void open() {
        pool = BufferPool.of(
                CACHE.open(() -> SlabCache.builder("bench", objectSize).build()));
    }

    @Override
    protected UnsafeBuffer take() {
        return pool.allocate();
    }

    @Override
    protected void give(UnsafeBuffer object) {
        pool.free(object);
    }

    @Override
    protected void write(UnsafeBuffer object, long value) {
        object.putLong(0, value);
    }

    @Override
    protected void close() {
        CACHE.close();
    }
}
