package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.OwnershipTransferResult;
import org.junit.jupiter.api.Test;

/** Arrow's trees of allocators work as on its own memory: limits, reservations, shared and transferred buffers. */
class AllocatorTreeTest extends ArrowMemory {
    @Test
    void theLimitOfAChildHolds() {
        try (BufferAllocator child = root.newChildAllocator("child", 0, 4_096);
                ArrowBuf most = child.buffer(4_096)) {
            long before = live();
            OutOfMemoryException refused = assertThrows(OutOfMemoryException.class, () -> child.buffer(1));
            assertTrue(refused.getMessage().contains("memory limit"), refused.getMessage());
            assertEquals(before, live());
            assertEquals(4_096, child.getAllocatedMemory());
            most.setLong(0, 7);
            assertEquals(7, most.getLong(0));
        }
    }

    @Test
    void aChildIsLimitedByItsParents() {
        try (BufferAllocator parent = root.newChildAllocator("parent", 0, 1_024);
                BufferAllocator child = parent.newChildAllocator("child", 0, Long.MAX_VALUE)) {
            assertThrows(OutOfMemoryException.class, () -> child.buffer(2_048));
            assertEquals(0, live());
            child.buffer(1_024).close();
        }
    }

    @Test
    void aReservationIsKept() {
        try (BufferAllocator child = root.newChildAllocator("child", 8_192, 8_192)) {
            assertEquals(8_192, root.getAllocatedMemory());
            assertEquals(0, live());
            child.buffer(8_192).close();
        }
        assertEquals(0, root.getAllocatedMemory());
    }

    @Test
    void aBufferOutlivesTheAllocatorItWasTransferredFrom() {
        try (BufferAllocator to = root.newChildAllocator("to", 0, Long.MAX_VALUE)) {
            ArrowBuf moved;
            try (BufferAllocator from = root.newChildAllocator("from", 0, Long.MAX_VALUE);
                    ArrowBuf buffer = from.buffer(512)) {
                buffer.setInt(0, 42);
                OwnershipTransferResult result = buffer.getReferenceManager().transferOwnership(buffer, to);
                assertTrue(result.getAllocationFit());
                moved = result.getTransferredBuffer();
                assertEquals(0, from.getAllocatedMemory());
                assertEquals(512, to.getAllocatedMemory());
                assertEquals(buffer.memoryAddress(), moved.memoryAddress());
            }
            assertEquals(1, live());
            assertEquals(42, moved.getInt(0));
            moved.close();
            assertEquals(0, live());
        }
    }

    @Test
    void aTransferBeyondALimitSaysSoAndLosesNothing() {
        try (BufferAllocator small = root.newChildAllocator("small", 0, 256);
                ArrowBuf buffer = root.buffer(1_024)) {
            OwnershipTransferResult result = buffer.getReferenceManager().transferOwnership(buffer, small);
            assertFalse(result.getAllocationFit());
            assertEquals(1_024, small.getAllocatedMemory());
            result.getTransferredBuffer().close();
        }
        assertEquals(0, live());
    }

    @Test
    void aSharedBufferGoesBackWithItsLastOwner() {
        try (BufferAllocator second = root.newChildAllocator("second", 0, Long.MAX_VALUE)) {
            ArrowBuf buffer = root.buffer(128);
            ArrowBuf shared = buffer.getReferenceManager().retain(buffer, second);
            buffer.close();
            assertEquals(1, live());
            assertEquals(128, second.getAllocatedMemory());
            shared.setByte(127, 1);
            shared.close();
            assertEquals(0, live());
        }
    }

    @Test
    void twoRootsShareOneSlabAllocator() {
        try (BufferAllocator other = rootOver(memory, Long.MAX_VALUE);
                ArrowBuf first = root.buffer(64);
                ArrowBuf second = other.buffer(64)) {
            assertEquals(2, live());
            assertThrows(
                    IllegalStateException.class,
                    () -> first.getReferenceManager().retain(first, other));
            second.setByte(0, 1);
        }
    }
}
