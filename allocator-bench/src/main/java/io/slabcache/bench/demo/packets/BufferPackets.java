package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;

/** Packets that are plain buffers. */
interface BufferPackets extends PacketPool<ByteBuffer> {

    @Override
    default ByteBuffer empty(ByteBuffer packet) {
        return packet.clear();
    }

    @Override
    default void filled(ByteBuffer packet, int bytes) {
        packet.position(0).limit(bytes);
    }

    @Override
    default ByteBuffer content(ByteBuffer packet) {
        return packet;
    }
}
