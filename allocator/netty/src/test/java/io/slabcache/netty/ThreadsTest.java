package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buffers go through many threads: each has its bytes for itself until its last reference is released. */
class ThreadsTest {
    private static final int BUFFERS = 2_000;
    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

    @AfterEach
    void restore() {
        ResourceLeakDetector.setLevel(level);
    }

    @ParameterizedTest
    @CsvSource({"false,DISABLED", "false,PARANOID", "true,SIMPLE"})
    void releasedByOtherThreads(boolean isVirtual, ResourceLeakDetector.Level watched) throws Exception {
        ResourceLeakDetector.setLevel(watched);
        BlockingQueue<ByteBuf> queue = new ArrayBlockingQueue<>(256);
        try (Buffers buffers = new Buffers("threads");
                ExecutorService threads =
                        isVirtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newCachedThreadPool()) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                long seed = i;
                tasks.add(() -> produce(buffers, queue, new Random(seed)));
                tasks.add(() -> consume(queue));
            }
            int wrong = 0;
            for (Future<Integer> done : threads.invokeAll(tasks, 100, TimeUnit.SECONDS)) {
                assertFalse(done.isCancelled(), "a thread did not end");
                wrong += done.get();
            }
            assertEquals(0, wrong, "buffers with foreign bytes");
        }
    }

    private static int produce(Buffers buffers, BlockingQueue<ByteBuf> queue, Random random) throws Exception {
        for (int i = 0; i < BUFFERS; i++) {
            ByteBuf buffer = buffers.allocator.directBuffer(8 + random.nextInt(200));
            int stamp = random.nextInt();
            byte[] bytes = new byte[8 + random.nextInt(random.nextInt(20) == 0 ? 80_000 : 400)];
            Arrays.fill(bytes, (byte) stamp);
            buffer.writeBytes(bytes);
            // Two references, which other threads release in whatever order.
            queue.put(buffer.retainedDuplicate());
            queue.put(buffer);
        }
        return 0;
    }

    private static int consume(BlockingQueue<ByteBuf> queue) throws Exception {
        int wrong = 0;
        for (int i = 0; i < 2 * BUFFERS; i++) {
            ByteBuf buffer = queue.take();
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.getBytes(0, bytes);
            boolean isRight = true;
            for (byte each : bytes) {
                isRight &= each == bytes[0];
            }
            wrong += isRight ? 0 : 1;
            buffer.release();
        }
        return wrong;
    }

    /** The check can fail: a buffer that is written after it was handed on has foreign bytes. */
    @ParameterizedTest
    @CsvSource("1")
    void foreignBytesAreFound(int stamp) throws Exception {
        try (Buffers buffers = new Buffers("foreign")) {
            BlockingQueue<ByteBuf> queue = new ArrayBlockingQueue<>(2 * BUFFERS);
            produce(buffers, queue, new Random(stamp));
            queue.peek().setByte(1, queue.peek().getByte(0) + stamp);
            assertEquals(2, consume(queue));
        }
    }
}
