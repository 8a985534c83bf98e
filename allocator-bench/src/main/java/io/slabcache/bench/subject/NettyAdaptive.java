package io.slabcache.bench.subject;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.slabcache.bench.workload.Subject;

/**
 * Netty's default allocator since 4.2, with a cache in every thread.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'NettyAdaptive\.' -prof gc}
 */
@Subject(
        id = "netty-adaptive",
        group = Subject.Group.PEER,
        about = "Netty AdaptiveByteBufAllocator, thread caches on, leak detection off")
public class NettyAdaptive extends NettyBuffers {

    @Override
    ByteBufAllocator newAllocator() {
        return new AdaptiveByteBufAllocator(true, true);
    }
}
