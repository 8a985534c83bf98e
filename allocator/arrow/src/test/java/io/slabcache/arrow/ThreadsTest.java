package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Buffers go from thread to thread: each is written by one, and checked, shared and released by another. */
@Timeout(60)
class ThreadsTest extends ArrowMemory {
    private static final int PAIRS = 3;
    private static final int BUFFERS = 20_000;

    @Test
    void everyBufferHasOneOwnerAtATime() throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            int seed = i;
            BlockingQueue<ArrowBuf> queue = new ArrayBlockingQueue<>(64);
            work.add(() -> produce(queue, seed));
            work.add(() -> consume(queue, seed));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(2 * PAIRS)) {
            for (Future<Void> each : threads.invokeAll(work)) {
                each.get();
            }
        }
        assertEquals(0, live());
        assertEquals(0, root.getAllocatedMemory());
    }

    private Void produce(BlockingQueue<ArrowBuf> queue, int seed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < BUFFERS; i++) {
            ArrowBuf buffer = root.buffer(8 + random.nextInt(i % 100 == 0 ? 200_000 : 4_096));
            buffer.setLong(0, (long) seed << 32 | i);
            buffer.setByte(buffer.capacity() - 1, i);
            queue.put(buffer);
        }
        return null;
    }

    private Void consume(BlockingQueue<ArrowBuf> queue, int seed) throws InterruptedException {
        try (BufferAllocator child = root.newChildAllocator("consumer " + seed, 0, Long.MAX_VALUE)) {
            for (int i = 0; i < BUFFERS; i++) {
                ArrowBuf buffer = queue.take();
                ArrowBuf mine = buffer.getReferenceManager()
                        .transferOwnership(buffer, child)
                        .getTransferredBuffer();
                buffer.close();
                long expected = mine.capacity() == Long.BYTES
                        ? ((long) seed << 32 | i) & ~(0xffL << 56) | (long) (byte) i << 56
                        : (long) seed << 32 | i;
                assertEquals(expected, mine.getLong(0));
                assertEquals((byte) i, mine.getByte(mine.capacity() - 1));
                mine.close();
            }
        }
        return null;
    }
}
