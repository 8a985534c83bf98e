package io.slabcache.bench.demo.packets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.ByteBuffer;

/** Buffers of a Netty allocator, used as Netty's own datagram channel does, without leak detection. */
final class NettyPackets implements PacketPool<ByteBuf> {

    private final ByteBufAllocator allocator;

    NettyPackets(ByteBufAllocator allocator) {
        ResourceLeakDetector.setLevel(Level.DISABLED);
        this.allocator = allocator;
    }

    @Override
    public ByteBuf take() {
        return allocator.directBuffer(BYTES, BYTES);
    }

    @Override
    public ByteBuffer empty(ByteBuf packet) {
        return packet.internalNioBuffer(0, BYTES);
    }

    @Override
    public void filled(ByteBuf packet, int bytes) {
        packet.writerIndex(bytes);
    }

    @Override
    public ByteBuffer content(ByteBuf packet) {
        return packet.internalNioBuffer(0, packet.readableBytes());
    }

    @Override
    public void give(ByteBuf packet) {
        packet.release();
    }

    @Override
    public Thread newThread(Runnable body, String name) {
        return new FastThreadLocalThread(body, name);
    }
}
