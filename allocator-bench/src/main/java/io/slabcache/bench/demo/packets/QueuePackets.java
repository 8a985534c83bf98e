package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/** Buffers that wait in a queue: the pool that one writes by hand. Only one thread may take, and only one give. */
final class QueuePackets implements BufferPackets {

    private final OneToOneConcurrentArrayQueue<ByteBuffer> free = new OneToOneConcurrentArrayQueue<>(MOST);

    QueuePackets() {
        ByteBuffer all = ByteBuffer.allocateDirect(MOST * BYTES);
        for (int i = 0; i < MOST; i++) {
            free.offer(all.slice(i * BYTES, BYTES));
        }
    }

    @Override
    public ByteBuffer take() {
        ByteBuffer packet = free.poll();
        if (packet == null) {
            throw new IllegalStateException("all " + MOST + " packets are in use");
        }
        return packet;
    }

    @Override
    public void give(ByteBuffer packet) {
        free.offer(packet);
    }
}
