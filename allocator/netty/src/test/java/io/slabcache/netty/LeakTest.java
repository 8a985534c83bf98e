package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Netty's leak detector finds buffers that were forgotten, though objects keep their buffers. */
class LeakTest {
    private final Level level = ResourceLeakDetector.getLevel();
    private final Logger logger = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final ConcurrentLinkedQueue<String> reports = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            reports.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void restore() {
        ResourceLeakDetector.setLevel(level);
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    private boolean isReported(Buffers buffers, int rounds) throws InterruptedException {
        return Buffers.within(rounds, () -> {
            // Netty looks for leaks when it tracks another buffer.
            buffers.allocator.directBuffer(10).release();
            return !reports.isEmpty();
        });
    }

    /** In a frame of its own, so that nothing refers to the buffer afterwards. */
    private static void forget(Buffers buffers) {
        ByteBuf buffer = buffers.allocator.directBuffer(1_234);
        buffer.touch("the last use");
        buffer.capacity(3_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"PARANOID"})
    void aForgottenBufferIsReported(Level paranoid) throws InterruptedException {
        ResourceLeakDetector.setLevel(paranoid);
        Buffers buffers = new Buffers("forgotten");
        forget(buffers);
        assertTrue(isReported(buffers, 300));
        String report = reports.peek();
        assertTrue(report.startsWith("LEAK: ByteBuf.release() was not called"), report);
        assertTrue(report.contains("the last use") && report.contains("LeakTest.forget"), report);
        assertEquals(1, buffers.live());
        buffers.slabs.closeNow();
    }

    /** The check can fail: a buffer that its object still knows, as all would be without the detachment, is not found. */
    @Test
    void aBufferThatIsStillKnownIsNotReported() throws InterruptedException {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        Buffers buffers = new Buffers("known");
        ByteBuf known = buffers.allocator.directBuffer(1_234);
        assertFalse(isReported(buffers, 20));
        known.release();
        buffers.close();
    }

    @Test
    void aWatchedBufferComesBackToItsObject() {
        try (Buffers buffers = new Buffers("back")) {
            ResourceLeakDetector.setLevel(Level.PARANOID);
            ByteBuf watched = buffers.allocator.directBuffer(100);
            ByteBuf itself = watched.unwrap();
            assertNotSame(watched, itself);
            assertTrue(watched.retain().writeInt(5).release(2));
            ResourceLeakDetector.setLevel(Level.DISABLED);
            assertSame(itself, buffers.allocator.directBuffer(100));
            itself.release();
        }
        assertTrue(reports.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsReportedOfReleasedBuffers(Level each) throws InterruptedException {
        ResourceLeakDetector.setLevel(each);
        try (Buffers buffers = new Buffers("released")) {
            for (int i = 0; i < 500; i++) {
                ByteBuf first = buffers.allocator.directBuffer(i % 500);
                ByteBuf second = buffers.allocator.ioBuffer(200);
                CompositeByteBuf both = buffers.allocator.compositeBuffer();
                both.addComponents(true, first.writeZero(i % 400), second.writeLong(i));
                ByteBuf slice = both.readRetainedSlice(both.readableBytes() / 2);
                both.release();
                slice.release();
            }
            List<ByteBuf> live = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                live.add(buffers.allocator.directBuffer(i));
            }
            live.forEach(ByteBuf::release);
            System.gc();
            Thread.sleep(50);
            buffers.allocator.directBuffer(10).release();
        }
        assertTrue(reports.isEmpty(), reports::toString);
    }
}
