package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;

/** A new buffer for each packet, which the collector frees. */
final class NewPackets implements BufferPackets {

    @Override
    public ByteBuffer take() {
        return ByteBuffer.allocateDirect(BYTES);
    }

    @Override
    public void give(ByteBuffer packet) {
        // The collector finds out.
    }

    @Override
    public boolean takesBack() {
        return false;
    }
}
