package io.slabcache.bench.demo.packets;

import io.slabcache.SlabCache;
import io.slabcache.nio.ByteBufferPool;
import java.nio.ByteBuffer;

/** Objects of a bounded cache. */
final class SlabPackets implements BufferPackets {

    private final SlabCache cache =
            SlabCache.builder("packets", BYTES).alignment(64).maxObjects(MOST).build();
    private final ByteBufferPool buffers = ByteBufferPool.of(cache);

    @Override
    public ByteBuffer take() {
        return buffers.allocate();
    }

    @Override
    public void give(ByteBuffer packet) {
        buffers.free(packet);
    }

    /** Throws if a packet was not given back. */
    @Override
    public void close() {
        cache.close();
    }
}
