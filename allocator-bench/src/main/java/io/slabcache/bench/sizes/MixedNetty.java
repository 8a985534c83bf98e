package io.slabcache.bench.sizes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slabcache.bench.subject.NettyBuffers;
import org.openjdk.jmh.annotations.Fork;

/** Direct buffers of the allocator of another subject, on Netty's kind of threads, without leak detection. */
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.slabcache.bench.subject.NettyThreads",
        })
abstract class MixedNetty extends MixedObjects<ByteBuf> {

    private final NettyBuffers subject;
    private ByteBufAllocator allocator;

    MixedNetty(NettyBuffers subject) {
        this.subject = subject;
    }

    @Override
    protected void open() {
        allocator = subject.openAllocator();
    }

    @Override
    protected void close() {
        NettyBuffers.end(allocator);
    }

    @Override
    protected ByteBuf take(int size) {
        return allocator.directBuffer(size, size);
    }

    @Override
    protected void give(ByteBuf buffer) {
        buffer.release();
    }
}
