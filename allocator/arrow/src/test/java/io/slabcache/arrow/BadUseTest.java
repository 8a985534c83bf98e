package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;

/** Wrong calls end in Arrow's exceptions, and no memory is lost or given to two owners. */
class BadUseTest {
    private static final long BUDGET = 8 << 20;

    private static SlabAllocator memory() {
        return SlabAllocator.builder("arrow").build();
    }

    private static BufferAllocator root(SlabAllocator memory) {
        return ArrowMemory.rootOver(memory, Long.MAX_VALUE);
    }

    @Test
    void aBufferIsReleasedOnce() {
        try (SlabAllocator memory = memory();
                BufferAllocator root = root(memory)) {
            ArrowBuf buffer = root.buffer(256);
            buffer.close();
            IllegalStateException refused = assertThrows(IllegalStateException.class, buffer::close);
            assertTrue(refused.getMessage().contains("RefCnt has gone negative"), refused.getMessage());
            assertEquals(0, memory.stats().liveObjects());
            ArrowBuf first = root.buffer(256);
            ArrowBuf second = root.buffer(256);
            assertTrue(first.memoryAddress() != second.memoryAddress());
            first.close();
            second.close();
        }
    }

    @Test
    void memoryThatArrowHoldsCanBeFreedOnlyOnce() {
        try (SlabAllocator memory = memory();
                BufferAllocator root = root(memory)) {
            ArrowBuf buffer = root.buffer(256);
            // A free behind Arrow's back: its own release must not free the next owner's object.
            memory.freeAddress(buffer.memoryAddress());
            assertEquals(
                    InvalidFreeException.Kind.DOUBLE_FREE,
                    assertThrows(InvalidFreeException.class, buffer::close).kind());
            assertEquals(0, root.getAllocatedMemory());
        }
    }

    @Test
    void aClosedRootNamesWhatItLeaks() {
        SlabAllocator memory = memory();
        BufferAllocator root = root(memory);
        ArrowBuf small = root.buffer(256);
        ArrowBuf large = root.buffer(1 << 20);
        IllegalStateException leaked = assertThrows(IllegalStateException.class, root::close);
        assertTrue(leaked.getMessage().contains("Memory leaked: (" + (256 + (1 << 20)) + ")"), leaked.getMessage());
        assertTrue(leaked.getMessage().contains("ROOT"), leaked.getMessage());

        LiveObjectsException live = assertThrows(LiveObjectsException.class, memory::close);
        assertTrue(live.getMessage().contains("arrow"), live.getMessage());
        assertTrue(live.getMessage().contains(Long.toHexString(small.memoryAddress())), live.getMessage());
        assertTrue(live.getMessage().contains(Long.toHexString(large.memoryAddress())), live.getMessage());
        small.setByte(255, 1);
        large.setByte((1 << 20) - 1, 1);
        memory.closeNow();
        assertEquals(0, memory.stats().reservedBytes());
    }

    @Test
    void aTrackedAllocatorNamesTheLineThatAllocatedALeakedBuffer() {
        SlabAllocator memory =
                SlabAllocator.builder("arrow").debug(Debug.TRACKING).build();
        BufferAllocator root = root(memory);
        ArrowBuf leaked = leak(root);
        assertThrows(IllegalStateException.class, root::close);
        LiveObjectsException live = assertThrows(LiveObjectsException.class, memory::close);
        assertEquals(leaked.memoryAddress(), live.sampleAddresses()[0]);
        String traces = live.allocTraces().toString();
        assertTrue(traces.contains("BadUseTest.leak"), traces);
        memory.closeNow();
    }

    private static ArrowBuf leak(BufferAllocator root) {
        return root.buffer(2_000);
    }

    @Test
    void aSpentBudgetIsArrowsOutOfMemory() {
        try (SlabAllocator memory =
                        SlabAllocator.builder("arrow").maxBytes(BUDGET).build();
                BufferAllocator root = root(memory)) {
            List<ArrowBuf> buffers = new ArrayList<>();
            OutOfMemoryException refused = assertThrows(OutOfMemoryException.class, () -> {
                while (true) {
                    buffers.add(root.buffer(32_768));
                }
            });
            assertTrue(refused.getMessage().contains("size 32768"), refused.getMessage());
            assertTrue(refused.getMessage().contains("'ROOT'"), refused.getMessage());
            assertTrue(refused.getMessage().contains("'arrow'"), refused.getMessage());
            assertInstanceOf(OutOfMemoryError.class, refused.getCause());
            // Refused memory is not accounted for, and freed memory can be had again.
            assertEquals(32_768L * buffers.size(), root.getAllocatedMemory());
            buffers.removeLast().close();
            buffers.add(root.buffer(32_768));
            assertThrows(OutOfMemoryException.class, () -> root.buffer(BUDGET * 2));
            buffers.forEach(ArrowBuf::close);
        }
    }

    @Test
    void aClosedSlabAllocatorRefusesBuffers() {
        SlabAllocator memory = memory();
        try (BufferAllocator root = root(memory)) {
            memory.close();
            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> root.buffer(64));
            assertTrue(refused.getMessage().contains("arrow"), refused.getMessage());
            assertEquals(0, root.getAllocatedMemory());
        }
    }

    @Test
    void aBufferThatOutlivesItsMemoryStillLeavesArrowsAccounts() {
        SlabAllocator memory = memory();
        try (BufferAllocator root = root(memory)) {
            ArrowBuf buffer = root.buffer(64);
            memory.closeNow();
            assertThrows(IllegalStateException.class, buffer::close);
            assertEquals(0, root.getAllocatedMemory());
        }
    }

    @Test
    void aManagerThatCannotBeMadeLosesNoMemory() {
        try (SlabAllocator memory = memory()) {
            BufferAllocator root = root(memory);
            root.close();
            AllocationManager.Factory factory = SlabAllocationManager.factory(memory);
            // Arrow asserts that the accounting allocator is open.
            assertThrows(IllegalStateException.class, () -> factory.create(root, 64));
            assertEquals(0, memory.stats().liveObjects());
        }
    }

    @Test
    void impossibleSizesAreRefused() {
        try (SlabAllocator memory = memory();
                BufferAllocator root = root(memory)) {
            assertThrows(IllegalArgumentException.class, () -> root.buffer(-1));
            assertThrows(OutOfMemoryException.class, () -> root.buffer(Long.MAX_VALUE - 1));
            assertEquals(0, root.getAllocatedMemory());
            NullPointerException missing =
                    assertThrows(NullPointerException.class, () -> SlabAllocationManager.factory(null));
            assertEquals("allocator", missing.getMessage());
            AllocationManager.Factory factory = SlabAllocationManager.factory(memory);
            assertSame(factory.empty(), factory.empty());
        }
    }
}
