package io.slabcache.bench.subject;

import io.netty.buffer.ByteBufAllocator;
import io.slabcache.SlabAllocator;
import io.slabcache.bench.workload.Subject;
import io.slabcache.netty.SlabByteBufAllocator;

/**
 * Slabcache as Netty's allocator: objects of all sizes with their buffers, standard checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheNetty\.' -prof gc}
 */
@Subject(
        id = "slabcache-netty",
        group = Subject.Group.SLABCACHE,
        about = "SlabByteBufAllocator, standard checks, leak detection off")
public class SlabcacheNetty extends NettyBuffers {

    @Override
    ByteBufAllocator newAllocator() {
        return SlabByteBufAllocator.of(SlabAllocator.builder("bench").build());
    }
}
