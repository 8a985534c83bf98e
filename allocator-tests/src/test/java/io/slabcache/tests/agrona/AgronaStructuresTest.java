package io.slabcache.tests.agrona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pooled buffers go through Agrona's ring buffers, queues and collections. */
@Timeout(60)
class AgronaStructuresTest {
    private static final int MESSAGES = 20_000;
    private static final int SIZE = 128;

    /** A message that shows each byte out of place. */
    private static void fill(UnsafeBuffer buffer, int number) {
        for (int at = 0; at < SIZE; at += Integer.BYTES) {
            buffer.putInt(at, number + at);
        }
    }

    private static void assertFilled(UnsafeBuffer buffer, int number) {
        for (int at = 0; at < SIZE; at += Integer.BYTES) {
            assertEquals(number + at, buffer.getInt(at));
        }
    }

    /** The ring itself lies in an object, and so do the messages on both sides. */
    private static void assertRingWorks(boolean forManyProducers) throws InterruptedException {
        try (SlabCache rings = SlabCache.builder("rings", (1 << 14) + RingBufferDescriptor.TRAILER_LENGTH)
                        .alignment(64)
                        .build();
                SlabCache messages =
                        SlabCache.builder("messages", SIZE).maxObjects(1_000).build()) {
            BufferPool pool = BufferPool.of(messages);
            UnsafeBuffer memory = BufferPool.of(rings).allocate();
            memory.setMemory(0, memory.capacity(), (byte) 0);
            RingBuffer ring = forManyProducers ? new ManyToOneRingBuffer(memory) : new OneToOneRingBuffer(memory);
            Thread producer = Thread.ofPlatform().start(() -> {
                IdleStrategy idle = new BackoffIdleStrategy();
                for (int i = 0; i < MESSAGES; i++) {
                    UnsafeBuffer message = pool.allocate();
                    fill(message, i);
                    while (!ring.write(1, message, 0, SIZE)) {
                        idle.idle();
                    }
                    pool.free(message);
                }
            });
            int[] received = {0};
            IdleStrategy idle = new BackoffIdleStrategy();
            while (received[0] < MESSAGES) {
                idle.idle(ring.read((type, buffer, index, length) -> {
                    UnsafeBuffer copy = pool.allocate();
                    copy.putBytes(0, buffer, index, length);
                    assertFilled(copy, received[0]++);
                    pool.free(copy);
                }));
            }
            producer.join();
            assertEquals(0, messages.stats().liveObjects());
            BufferPool.of(rings).free(memory);
        }
    }

    @Test
    void messagesGoThroughARingOfOneProducer() throws InterruptedException {
        assertRingWorks(false);
    }

    @Test
    void messagesGoThroughARingOfManyProducers() throws InterruptedException {
        assertRingWorks(true);
    }

    @Test
    void buffersAreHandedOverThroughAQueue() throws InterruptedException {
        try (SlabCache messages = SlabCache.builder("messages", SIZE).build()) {
            BufferPool pool = BufferPool.of(messages);
            OneToOneConcurrentArrayQueue<UnsafeBuffer> queue = new OneToOneConcurrentArrayQueue<>(256);
            Thread producer = Thread.ofPlatform().start(() -> {
                IdleStrategy idle = new BackoffIdleStrategy();
                for (int i = 0; i < MESSAGES; i++) {
                    UnsafeBuffer message = pool.allocate();
                    fill(message, i);
                    while (!queue.offer(message)) {
                        idle.idle();
                    }
                }
            });
            IdleStrategy idle = new BackoffIdleStrategy();
            for (int i = 0; i < MESSAGES; i++) {
                UnsafeBuffer message;
                while ((message = queue.poll()) == null) {
                    idle.idle();
                }
                assertFilled(message, i);
                pool.free(message);
            }
            producer.join();
            assertEquals(0, messages.stats().liveObjects());
            assertTrue(messages.stats().totalObjects() < MESSAGES, "memory is used again");
        }
    }

    @Test
    void aMapFindsBuffersByAddress() {
        try (SlabCache messages = SlabCache.builder("messages", SIZE).build()) {
            BufferPool pool = BufferPool.of(messages);
            Long2ObjectHashMap<UnsafeBuffer> byAddress = new Long2ObjectHashMap<>();
            for (int i = 0; i < 1_000; i++) {
                UnsafeBuffer message = pool.allocate();
                fill(message, i);
                assertSame(null, byAddress.put(message.addressOffset(), message));
            }
            byAddress.forEach((address, message) -> assertSame(pool.buffer(address), message));
            byAddress.values().forEach(pool::free);
            assertEquals(0, messages.stats().liveObjects());
        }
    }
}
