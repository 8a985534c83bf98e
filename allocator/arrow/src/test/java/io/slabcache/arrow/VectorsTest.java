package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of Arrow keep their values in memory of the slab allocator, and give it back. */
class VectorsTest extends ArrowMemory {
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000, 1_000_000})
    void valuesComeBack(int count) {
        try (BigIntVector numbers = new BigIntVector("numbers", root)) {
            for (int i = 0; i < count; i++) {
                // Grows, and copies what it has.
                numbers.setSafe(i, 3L * i);
            }
            numbers.setValueCount(count);
            assertTrue(memory.owns(numbers.getDataBuffer().memoryAddress()));
            for (int i = 0; i < count; i++) {
                assertEquals(3L * i, numbers.get(i));
            }
        }
        assertEquals(0, live());
    }

    @Test
    void textAndListsComeBack() {
        try (VarCharVector names = new VarCharVector("names", root);
                ListVector lists = ListVector.empty("lists", root)) {
            UnionListWriter writer = lists.getWriter();
            for (int i = 0; i < 5_000; i++) {
                names.setSafe(i, ("name " + i).getBytes(StandardCharsets.UTF_8));
                writer.setPosition(i);
                writer.startList();
                for (int j = 0; j < i % 5; j++) {
                    writer.writeInt(i + j);
                }
                writer.endList();
            }
            names.setValueCount(5_000);
            lists.setValueCount(5_000);
            for (int i = 0; i < 5_000; i++) {
                assertEquals("name " + i, names.getObject(i).toString());
                assertEquals(i % 5, lists.getObject(i).size());
                for (int j = 0; j < i % 5; j++) {
                    assertEquals(i + j, lists.getObject(i).get(j));
                }
            }
        }
        assertEquals(0, live());
    }

    @Test
    void partsOfAVectorShareItsMemory() {
        try (IntVector whole = new IntVector("whole", root)) {
            for (int i = 0; i < 1_000; i++) {
                whole.setSafe(i, i);
            }
            whole.setValueCount(1_000);
            TransferPair half = whole.getTransferPair(root);
            half.splitAndTransfer(512, 488);
            try (IntVector tail = (IntVector) half.getTo()) {
                whole.clear();
                assertTrue(live() > 0);
                assertEquals(512, tail.get(0));
                assertEquals(999, tail.get(487));
            }
        }
        assertEquals(0, live());
    }

    @Test
    void buffersAreAlignedAsArrowRecommends() {
        for (long size = 1; size <= 4 << 20; size *= 2) {
            ArrowBuf buffer = root.buffer(size);
            assertEquals(0, buffer.memoryAddress() % (size < 64 ? 8 : 64), "size " + size);
            buffer.setByte(size - 1, 1);
            buffer.close();
        }
    }

    @Test
    void anEmptyBufferTakesNoMemory() {
        ArrowBuf empty = root.buffer(0);
        assertEquals(0, empty.capacity());
        assertEquals(0, live());
        empty.close();
        empty.close();
    }

    @Test
    void aBufferIsAsLargeAsArrowAccountsFor() {
        ArrowBuf buffer = root.buffer(1_000);
        assertEquals(1_024, buffer.capacity());
        assertEquals(1_024, root.getAllocatedMemory());
        assertEquals(1_024, memory.sizeOf(buffer.memoryAddress()));
        assertNotEquals(0, live());
        buffer.close();
    }

    @Test
    void memoryIsUsedAgain() {
        ArrowBuf first = root.buffer(256);
        long address = first.memoryAddress();
        first.close();
        ArrowBuf second = root.buffer(256);
        assertEquals(address, second.memoryAddress());
        second.close();
    }
}
