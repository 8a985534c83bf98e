package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisuseReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bad input is refused in Netty's words, and nothing is lost by it. */
class MisuseTest {
    @Test
    void sizes() {
        try (Buffers buffers = new Buffers("sizes")) {
            assertThrows(IllegalArgumentException.class, () -> buffers.allocator.directBuffer(-1));
            assertThrows(IllegalArgumentException.class, () -> buffers.allocator.directBuffer(10, 9));
            ByteBuf buffer = buffers.allocator.directBuffer(10, 20);
            assertThrows(IllegalArgumentException.class, () -> buffer.capacity(21));
            assertThrows(IllegalArgumentException.class, () -> buffer.capacity(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.writeZero(21));
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.setByte(10, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.getLong(3));
            assertEquals(10, buffer.capacity());
            assertTrue(buffer.release());
        }
    }

    @Test
    void emptyBuffers() {
        try (Buffers buffers = new Buffers("empty")) {
            assertEquals(0, buffers.allocator.directBuffer(0, 0).capacity());
            ByteBuf buffer = buffers.allocator.directBuffer(0, 100);
            assertEquals(0, buffer.capacity());
            assertFalse(buffer.isWritable(101));
            assertEquals(7, buffer.writeInt(7).readInt());
            buffer.release();
        }
    }

    /** Within the budget nothing is lost by a refusal, and a buffer that cannot grow stays as it is. */
    @Test
    void tooLarge() {
        SlabAllocator slabs = SlabAllocator.builder("bounded").maxBytes(4 << 20).build();
        try (Buffers buffers = new Buffers(slabs)) {
            assertThrows(OutOfMemoryError.class, () -> buffers.allocator.directBuffer(Integer.MAX_VALUE));
            assertEquals(0, buffers.live());
            ByteBuf buffer = Buffers.fill(buffers.allocator.directBuffer(1_000), 3);
            assertThrows(OutOfMemoryError.class, () -> buffer.capacity(5 << 20));
            assertEquals(1_000, buffer.capacity());
            Buffers.check(buffer, 3, 1_000);
            assertEquals(1, buffers.live());
            buffer.release();
        }
    }

    @Test
    void releasedTwice() {
        try (Buffers buffers = new Buffers("twice")) {
            for (int capacity : new int[] {100, 100_000}) {
                ByteBuf buffer = buffers.allocator.directBuffer(capacity);
                ByteBuf slice = buffer.slice(10, 20);
                assertTrue(buffer.release());
                assertThrows(IllegalReferenceCountException.class, buffer::release);
                assertThrows(IllegalReferenceCountException.class, buffer::retain);
                assertThrows(IllegalReferenceCountException.class, slice::release);
                assertThrows(IllegalReferenceCountException.class, () -> buffer.release(2));
                assertEquals(0, buffers.live());
            }
        }
    }

    @Test
    void usedAfterTheRelease() {
        try (Buffers buffers = new Buffers("after")) {
            ByteBuf buffer = buffers.allocator.directBuffer(100);
            ByteBuf slice = buffer.slice(10, 20);
            buffer.release();
            assertThrows(IllegalReferenceCountException.class, () -> buffer.getByte(0));
            assertThrows(IllegalReferenceCountException.class, () -> buffer.setLong(0, 1));
            assertThrows(IllegalReferenceCountException.class, () -> buffer.capacity(5));
            assertThrows(IllegalReferenceCountException.class, () -> buffer.nioBuffer(0, 1));
            assertThrows(IllegalReferenceCountException.class, () -> buffer.internalNioBuffer(0, 1));
            assertThrows(IllegalReferenceCountException.class, () -> buffer.copy(0, 1));
            assertThrows(IllegalReferenceCountException.class, buffer::memoryAddress);
            assertThrows(IllegalReferenceCountException.class, () -> slice.getByte(0));
            ByteBuf other = buffers.allocator.directBuffer(200);
            assertThrows(IllegalReferenceCountException.class, () -> other.setBytes(0, buffer, 0, 1));
            assertThrows(IllegalReferenceCountException.class, () -> other.getBytes(0, buffer, 0, 1));
            other.release();
        }
    }

    @Test
    void closeRefusesWhileABufferIsLive() {
        SlabAllocator slabs = SlabAllocator.builder("live").build();
        ByteBuf buffer = SlabByteBufAllocator.of(slabs).directBuffer(100);
        ByteBuf retained = buffer.retainedSlice(0, 10);
        buffer.release();
        assertEquals(1, assertThrows(LiveObjectsException.class, slabs::close).liveObjects());
        retained.setByte(0, 1);
        assertTrue(retained.release());
        slabs.close();
    }

    @Test
    void retainedAfterTheClose() {
        SlabAllocator slabs = SlabAllocator.builder("closed").build();
        SlabByteBufAllocator allocator = SlabByteBufAllocator.of(slabs);
        List<ByteBuf> retained =
                List.of(allocator.directBuffer(100), allocator.directBuffer(1 << 20), allocator.heapBuffer(10));
        slabs.closeNow();
        for (ByteBuf buffer : retained.subList(0, 2)) {
            assertThrows(IllegalStateException.class, () -> buffer.getByte(0));
            assertThrows(IllegalStateException.class, () -> buffer.setBytes(0, new byte[10]));
            assertThrows(
                    IllegalStateException.class, () -> buffer.nioBuffer(0, 10).get());
            assertThrows(IllegalStateException.class, () -> buffer.capacity(1 << 21));
            String message = assertThrows(IllegalStateException.class, buffer::memoryAddress)
                    .getMessage();
            assertTrue(message.contains("SlabAllocator of this buffer was closed"), message);
        }
        for (ByteBuf buffer : retained) {
            assertTrue(buffer.release());
            assertThrows(IllegalReferenceCountException.class, buffer::release);
        }
        assertThrows(IllegalStateException.class, () -> allocator.directBuffer(10));
    }

    /** The object of a live buffer, freed by its address: the release is the second free. */
    @Test
    void freedBehindTheBuffer() {
        try (Buffers buffers = new Buffers("behind")) {
            ByteBuf buffer = buffers.allocator.directBuffer(100);
            buffers.slabs.freeAddress(buffer.memoryAddress());
            InvalidFreeException refused = assertThrows(InvalidFreeException.class, buffer::release);
            assertEquals(InvalidFreeException.Kind.DOUBLE_FREE, refused.kind());
        }
    }

    /** The exact capacity is guarded where the allocator is debugged. */
    @Test
    @SuppressWarnings("restricted") // the damage that the test is about
    void writtenBeyondTheCapacity() {
        List<MisuseReport> reports = new ArrayList<>();
        SlabAllocator slabs = SlabAllocator.builder("redzones")
                .debug(Debug.REDZONES)
                .onReport(reports::add)
                .build();
        try (Buffers buffers = new Buffers(slabs)) {
            ByteBuf buffer = buffers.allocator.directBuffer(100);
            assertEquals(100, buffer.maxFastWritableBytes());
            assertThrows(IndexOutOfBoundsException.class, () -> buffer.setByte(100, 1));
            java.lang.foreign.MemorySegment.ofAddress(buffer.memoryAddress() + 100)
                    .reinterpret(1)
                    .set(java.lang.foreign.ValueLayout.JAVA_BYTE, 0, (byte) 1);
            CorruptedObjectException found = assertThrows(CorruptedObjectException.class, buffer::release);
            assertTrue(found.getMessage().contains("offset 100 of the object"), found.getMessage());
            assertEquals(1, reports.size());
        }
    }

    @Test
    void twoAllocatorsShareTheMemory() {
        try (Buffers buffers = new Buffers("shared")) {
            SlabByteBufAllocator other = SlabByteBufAllocator.of(buffers.slabs);
            for (int i = 0; i < 10; i++) {
                for (SlabByteBufAllocator allocator : List.of(buffers.allocator, other)) {
                    ByteBuf buffer = allocator.directBuffer(100);
                    assertSame(allocator, buffer.alloc());
                    buffer.release();
                }
            }
        }
    }
}
