package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.CompositeByteBuf;
import io.slabcache.SlabAllocator;
import io.slabcache.memory.MappedMemory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The kinds of buffers, the figures, and everything else that the allocator itself says. */
class AllocatorTest {
    @Test
    void kindsOfBuffers() {
        try (Buffers buffers = new Buffers("kinds")) {
            SlabByteBufAllocator allocator = buffers.allocator;
            List<ByteBuf> direct = List.of(
                    allocator.buffer(),
                    allocator.buffer(10),
                    allocator.buffer(10, 20),
                    allocator.ioBuffer(),
                    allocator.ioBuffer(10),
                    allocator.ioBuffer(10, 20),
                    allocator.directBuffer(),
                    allocator.compositeBuffer().addComponent(allocator.buffer(5)),
                    allocator.compositeBuffer(3).addComponent(allocator.buffer(5)));
            for (ByteBuf buffer : direct) {
                assertTrue(buffer.isDirect() && buffer.hasMemoryAddress() && !buffer.hasArray(), buffer::toString);
                assertSame(allocator, buffer.alloc());
                assertEquals(1, buffer.nioBufferCount());
                buffer.release();
            }
            assertTrue(allocator.isDirectBufferPooled());
            assertEquals(16, compositeLimit(allocator.compositeBuffer()));
            ByteBuf heap = allocator.heapBuffer(10);
            assertTrue(heap.hasArray() && !heap.isDirect());
            assertSame(allocator, heap.alloc());
            heap.release();
            assertThrows(NullPointerException.class, () -> SlabByteBufAllocator.of(null));
            assertTrue(allocator.toString().contains("kinds"), allocator.toString());
        }
    }

    /** The memory of one buffer of each size class; of as many objects of an allocator without buffers, far more. */
    @Test
    void fewBuffersOfManySizesTakeLittle() {
        SlabAllocator plain = SlabAllocator.builder("plain").build();
        try (Buffers buffers = new Buffers("small")) {
            for (int bytes = 16; bytes <= 64 << 10; bytes += Math.max(bytes / 8, 8)) {
                buffers.allocator.directBuffer(bytes).release();
                plain.freeAddress(plain.allocateAddress(bytes));
            }
            long small = buffers.slabs.stats().reservedBytes();
            assertTrue(small < 4 << 20, "bytes " + small);
            assertTrue(plain.stats().reservedBytes() > 40 << 20, plain.stats()::toString);
        }
        plain.close();
    }

    /** The memory is not touched, so Linux gives none. The JDK makes no view of more than 2^31 - 9 bytes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aBufferOfTheLargestCapacityHasViews() {
        SlabAllocator mapped = SlabAllocator.builder("mapped")
                .memory(MappedMemory.builder().build())
                .build();
        try (Buffers buffers = new Buffers(mapped)) {
            ByteBuf buffer = buffers.allocator.directBuffer(Integer.MAX_VALUE);
            int last = Integer.MAX_VALUE - Long.BYTES;
            buffer.setLong(last, 42);
            for (ByteBuffer view : List.of(
                    buffer.internalNioBuffer(last, Long.BYTES),
                    buffer.nioBuffer(last, Long.BYTES),
                    buffer.nioBuffers(last, Long.BYTES)[0])) {
                assertEquals(Long.BYTES, view.remaining());
                assertEquals(42, view.getLong());
            }
            assertEquals(last, buffer.internalNioBuffer(0, last).remaining());
            assertThrows(IllegalStateException.class, () -> buffer.nioBuffer(0, last + 1));
            buffer.release();
        }
    }

    private static int compositeLimit(CompositeByteBuf buffer) {
        try {
            return buffer.maxNumComponents();
        } finally {
            buffer.release();
        }
    }

    @Test
    void figures() {
        try (Buffers buffers = new Buffers("figures")) {
            ByteBufAllocatorMetric metric = buffers.allocator.metric();
            assertEquals(0, metric.usedDirectMemory());
            assertEquals(0, metric.usedHeapMemory());
            ByteBuf direct = buffers.allocator.directBuffer(1_000);
            long used = metric.usedDirectMemory();
            assertEquals(buffers.slabs.stats().reservedBytes(), used);
            assertTrue(used >= 1_000);
            ByteBuf large = buffers.allocator.directBuffer(1 << 20);
            assertTrue(metric.usedDirectMemory() >= used + (1 << 20));
            large.release();
            direct.release();
            assertEquals(used, metric.usedDirectMemory());
            ByteBuf heap = buffers.allocator.heapBuffer(1_000);
            assertEquals(1_000, metric.usedHeapMemory());
            heap.capacity(3_000);
            assertEquals(3_000, metric.usedHeapMemory());
            heap.release();
            assertEquals(0, metric.usedHeapMemory());
            assertTrue(metric.toString().contains("usedDirectMemory: " + used), metric.toString());
        }
    }

    /** Slices, duplicates and read-only views count with their buffer. */
    @Test
    void derivedBuffersShareTheCount() {
        try (Buffers buffers = new Buffers("derived")) {
            ByteBuf buffer = Buffers.fill(buffers.allocator.directBuffer(100, 100), 9);
            ByteBuf slice = buffer.readRetainedSlice(50);
            ByteBuf again = slice.retainedSlice(10, 20);
            ByteBuf readOnly = buffer.retainedDuplicate().asReadOnly();
            assertEquals(4, buffer.refCnt());
            assertFalse(buffer.release());
            assertFalse(slice.release());
            assertEquals(buffer.getByte(60), readOnly.getByte(60));
            assertEquals((byte) (9 + 31 * 15), again.getByte(5));
            assertThrows(java.nio.ReadOnlyBufferException.class, () -> readOnly.setByte(0, 1));
            assertFalse(readOnly.release());
            assertEquals(1, buffers.live());
            assertTrue(again.release());
        }
    }
}
