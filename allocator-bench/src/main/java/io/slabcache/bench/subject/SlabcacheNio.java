package io.slabcache.bench.subject;

import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import io.slabcache.nio.ByteBufferPool;
import java.nio.ByteBuffer;

/**
 * The objects of {@code slabcache-segment} as pooled buffers of NIO.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheNio\.' -prof gc}
 */
@Subject(
        id = "slabcache-nio",
        group = Subject.Group.SLABCACHE,
        about = "ByteBufferPool of a SlabCache, ByteBuffer, standard checks")
public class SlabcacheNio extends ObjectRequests<ByteBuffer> {

    private static final Shared<SlabCache> CACHE = new Shared<>(SlabCache::close);

    private ByteBufferPool pool;

    @Override
    protected void open() {
        pool = ByteBufferPool.of(
                CACHE.open(() -> SlabCache.builder("bench", objectSize).build()));
    }

    @Override
    protected ByteBuffer take() {
        return pool.allocate();
    }

    @Override
    protected void give(ByteBuffer object) {
        pool.free(object);
    }

    @Override
    protected void write(ByteBuffer object, long value) {
        object.putLong(0, value);
    }

    @Override
    protected void close() {
        CACHE.close();
    }
}
