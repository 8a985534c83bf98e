package io.slabcache.bench.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.slots.SlotAllocator;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** A live set frees what it allocated, each object once, in an order that is not that of the allocations. */
class LiveSetTest {

    private static final int OBJECTS = 5_000;

    private final BitSet used = new BitSet();
    private int told;

    private final SlotAllocator allocator = new SlotAllocator() {
        @Override
        public void allocate(int slot) {
            assertFalse(used.get(slot));
            used.set(slot);
        }

        @Override
        public void free(int slot) {
            assertTrue(used.get(slot));
            used.clear(slot);
        }

        @Override
        public void write(int slot, long value) {
            assertTrue(used.get(slot));
        }
    };

    @Test
    void growsAndFreesAtRandom() {
        LiveSet live = new LiveSet(allocator, OBJECTS, count -> told = count);
        live.growTo(OBJECTS);
        live.replace(OBJECTS);
        assertEquals(OBJECTS, used.cardinality());
        assertEquals(OBJECTS, told);
        live.freeTo(OBJECTS / 10);
        assertEquals(OBJECTS / 10, used.cardinality());
        assertEquals(OBJECTS / 20.0, used.get(0, OBJECTS / 2).cardinality(), OBJECTS / 100.0, "half of both halves");
        live.growTo(OBJECTS);
        live.freeTo(0);
        assertTrue(used.isEmpty());
        assertEquals(0, told);
    }
}
