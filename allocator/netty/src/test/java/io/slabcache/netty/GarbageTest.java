package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In steady state a buffer costs no garbage, and no more than one of Netty's own pool. */
class GarbageTest {
    private static final int BUFFERS = 20_000;
    private static final int MOST_ROUNDS = 50;
    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    private long sum;

    @BeforeEach
    void watchNoBuffer() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void restore() {
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void noneForAllocationAccessAndInputAndOutput() {
        try (Buffers buffers = new Buffers("garbage")) {
            double bytes = bytesPerBuffer(buffers.allocator);
            double bytesOfNetty = bytesPerBuffer(new AdaptiveByteBufAllocator());
            System.out.println("bytes of garbage for a buffer: " + bytes + ", of Netty: " + bytesOfNetty);
            assertTrue(bytes < 1, bytes + " bytes of garbage for each buffer");
            assertTrue(bytes <= bytesOfNetty + 1, bytes + " bytes, but Netty needs " + bytesOfNetty);
        }
    }

    /** The check can fail: the naive way, a new view for each use, is found. */
    @Test
    void aViewForEachUseIsFound() {
        try (Buffers buffers = new Buffers("views")) {
            for (int i = 0; i < 2; i++) {
                long before = allocated();
                for (int j = 0; j < BUFFERS; j++) {
                    ByteBuf buffer = buffers.allocator.directBuffer(100);
                    sum += buffer.nioBuffer(0, 10).remaining();
                    buffer.release();
                }
                assertTrue((allocated() - before) / BUFFERS >= 40);
            }
        }
    }

    /** The least of some rounds, because the JVM leaves some bytes for each method that it compiles, whenever that is. */
    private double bytesPerBuffer(ByteBufAllocator allocator) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_ROUNDS && least >= BUFFERS; i++) {
            long before = allocated();
            use(allocator);
            least = Math.min(least, allocated() - before);
        }
        return (double) least / BUFFERS;
    }

    private void use(ByteBufAllocator allocator) {
        for (int i = 0; i < BUFFERS; i++) {
            ByteBuf buffer = allocator.directBuffer(16 + i % 1_000);
            buffer.writeLong(i).writeInt(i);
            sum += buffer.readLong() + buffer.internalNioBuffer(0, 8).getLong();
            buffer.release();
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
