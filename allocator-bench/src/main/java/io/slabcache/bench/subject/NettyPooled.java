package io.slabcache.bench.subject;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.slabcache.bench.workload.Subject;

/**
 * Netty's older pooled allocator with its default sizes and a cache in every thread of Netty's own kind. Virtual
 * threads have no cache: making and dropping the caches would take nearly all of the time.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'NettyPooled\.' -prof gc}
 */
@Subject(
        id = "netty-pooled",
        group = Subject.Group.PEER,
        about = "Netty PooledByteBufAllocator, thread caches on, leak detection off")
public class NettyPooled extends NettyBuffers {

    @Override
    ByteBufAllocator newAllocator() {
        return new PooledByteBufAllocator(
                true,
                PooledByteBufAllocator.defaultNumHeapArena(),
                PooledByteBufAllocator.defaultNumDirectArena(),
                PooledByteBufAllocator.defaultPageSize(),
                PooledByteBufAllocator.defaultMaxOrder(),
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                false);
    }
}
