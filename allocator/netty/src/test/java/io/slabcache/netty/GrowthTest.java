package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.Debug;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A buffer that grows or shrinks keeps its contents, and every object keeps exactly one buffer. */
class GrowthTest {
    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

    @BeforeEach
    void watchNoBuffer() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void restore() {
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void growsInPlaceWithinTheClass() {
        try (Buffers buffers = new Buffers("in-place")) {
            ByteBuf buffer = buffers.allocator.directBuffer(100);
            assertEquals(112, buffer.maxFastWritableBytes());
            long address = buffer.memoryAddress();
            buffer.capacity(112);
            assertEquals(address, buffer.memoryAddress());
            buffer.capacity(113);
            assertNotEquals(address, buffer.memoryAddress());
            assertEquals(128, buffer.maxFastWritableBytes());
            assertEquals(1, buffers.live());
            buffer.release();
        }
    }

    /** Also from a watched buffer, and from objects without room. */
    @ParameterizedTest
    @EnumSource(ResourceLeakDetector.Level.class)
    void keepsItsContentsUpToLargeObjects(ResourceLeakDetector.Level level) {
        ResourceLeakDetector.setLevel(level);
        for (Debug[] debug : new Debug[][] {{}, {Debug.REDZONES, Debug.POISON, Debug.SANITY}}) {
            SlabAllocator slabs = SlabAllocator.builder("grows").debug(debug).build();
            try (Buffers buffers = new Buffers(slabs)) {
                ByteBuf buffer = Buffers.fill(buffers.allocator.directBuffer(1, 1 << 20), 5);
                for (int capacity = 2; capacity < 1 << 19; capacity += 1 + capacity / 3) {
                    int before = buffer.capacity();
                    buffer.capacity(capacity);
                    Buffers.check(buffer, 5, before);
                    Buffers.fill(buffer, 5);
                    assertEquals(1, buffers.live());
                }
                buffer.capacity(9);
                assertEquals(9, buffer.writerIndex());
                Buffers.check(buffer, 5, 9);
                assertTrue(buffer.release());
            }
        }
    }

    @Test
    void growthByWritingDoublesNothingThatHasRoom() {
        try (Buffers buffers = new Buffers("writing")) {
            ByteBuf buffer = buffers.allocator.directBuffer(65);
            for (int i = 0; i < 200_000; i++) {
                buffer.writeByte(i);
            }
            for (int i = 0; i < 200_000; i++) {
                assertEquals((byte) i, buffer.readByte());
            }
            buffer.release();
        }
    }

    /** After many growths each object has a buffer of its own, and a new owner gets the same one again. */
    @Test
    void everyObjectKeepsOneBuffer() {
        try (Buffers buffers = new Buffers("exchange")) {
            List<ByteBuf> grown = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                grown.add(buffers.allocator.directBuffer(10 + i % 40));
            }
            for (int round = 0; round < 5; round++) {
                for (ByteBuf buffer : grown) {
                    buffer.capacity(buffer.capacity() * 2);
                }
            }
            Set<Long> addresses = new java.util.HashSet<>();
            for (ByteBuf buffer : grown) {
                assertTrue(addresses.add(buffer.memoryAddress()));
                Buffers.fill(buffer.clear(), (int) buffer.memoryAddress());
            }
            for (ByteBuf buffer : grown) {
                Buffers.check(buffer, (int) buffer.memoryAddress(), buffer.capacity());
                buffer.release();
            }
            Set<ByteBuf> again = Collections.newSetFromMap(new IdentityHashMap<>());
            List<ByteBuf> taken = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                ByteBuf buffer = buffers.allocator.directBuffer(10 + i % 1_000);
                assertTrue(again.add(buffer), "one buffer for two objects");
                taken.add(buffer);
            }
            taken.forEach(ByteBuf::release);
        }
    }

    @Test
    void theNextOwnerGetsAFreshBuffer() {
        try (Buffers buffers = new Buffers("fresh")) {
            ByteBuf first = buffers.allocator.directBuffer(100, 100);
            first.writeLong(1).markWriterIndex().readInt();
            first.markReaderIndex().retain();
            first.release(2);
            ByteBuf second = buffers.allocator.directBuffer(97, 5_000);
            assertSame(first, second);
            assertEquals(1, second.refCnt());
            assertEquals(97, second.capacity());
            assertEquals(5_000, second.maxCapacity());
            assertEquals(0, second.resetWriterIndex().writerIndex());
            assertEquals(0, second.resetReaderIndex().readerIndex());
            second.release();
        }
    }
}
