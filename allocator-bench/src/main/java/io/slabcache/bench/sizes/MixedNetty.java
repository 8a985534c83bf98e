package io.slabcache.bench.sizes;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.slabcache.SlabAllocator;
import io.slabcache.netty.SlabByteBufAllocator;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/** Direct buffers, of Netty's allocators and on slab objects, on Netty's kind of threads, without leak detection. */
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.slabcache.bench.subject.NettyThreads",
        })
public class MixedNetty extends MixedObjects<ByteBuf> {
    /** Which of the three allocators. */
    @Param({"slabcache", "adaptive", "pooled"})
    public String allocator;

    private ByteBufAllocator buffers;

    @Override
    protected void open() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        buffers = switch (allocator) {
            case "adaptive" -> new AdaptiveByteBufAllocator(true, true);
            case "pooled" -> new PooledByteBufAllocator(true);
            default -> SlabByteBufAllocator.of(SlabAllocator.builder("bench").build());
        };
    }

    /** Netty's own allocators have no end. */
    @Override
    protected void close() {
        if (buffers instanceof SlabByteBufAllocator ours) {
            ours.slabs().close();
        }
    }

    @Override
    protected ByteBuf take(int size) {
        return buffers.directBuffer(size, size);
    }

    @Override
    protected void give(ByteBuf buffer) {
        buffer.release();
    }
}
