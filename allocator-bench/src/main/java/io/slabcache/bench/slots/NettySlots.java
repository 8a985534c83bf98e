package io.slabcache.bench.slots;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocalThread;

/** Direct buffers of a Netty allocator, on Netty's kind of threads, without leak detection. */
final class NettySlots implements SlotAllocator {

    private final ByteBuf[] buffers;
    private final ByteBufAllocator allocator;
    private final int objectSize;

    NettySlots(int slots, int objectSize, ByteBufAllocator allocator) {
        ResourceLeakDetector.setLevel(Level.DISABLED);
        this.buffers = new ByteBuf[slots];
        this.allocator = allocator;
        this.objectSize = objectSize;
    }

    @Override
    public Thread newThread(Runnable body, String name) {
        return new FastThreadLocalThread(body, name);
    }

    @Override
    public void allocate(int slot) {
        buffers[slot] = allocator.directBuffer(objectSize, objectSize);
    }

    @Override
    public void free(int slot) {
        buffers[slot].release();
        buffers[slot] = null;
    }

    @Override
    public void write(int slot, long value) {
        buffers[slot].setLong(0, value);
    }

    @Override
    public boolean shrink() {
        return allocator instanceof PooledByteBufAllocator pooled && pooled.trimCurrentThreadCache();
    }
}
