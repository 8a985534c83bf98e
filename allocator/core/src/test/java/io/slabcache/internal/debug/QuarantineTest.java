package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.slabcache.internal.slab.Slab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A quarantine is a queue of bounded size that delays the reuse of freed objects, oldest first. */
class QuarantineTest {
    private static SlabObject object(int index) {
        return new SlabObject(Slab.NONE, index);
    }

    @ParameterizedTest
    @CsvSource({"1,256", "64,256", "4096,256", "8192,128", "1048576,1", "1073741824,1"})
    void itsCapacityDependsOnTheStride(long stride, int capacity) {
        Quarantine quarantine = new Quarantine(stride);
        for (int i = 0; i < capacity; i++) {
            assertNull(quarantine.put(object(i)));
        }
        assertEquals(capacity, quarantine.size());
        for (int i = 0; i < 1000; i++) {
            assertEquals(object(i), quarantine.put(object(capacity + i)));
        }
        assertEquals(capacity, quarantine.size());
    }

    @Test
    void theOldestLeavesFirst() {
        Quarantine quarantine = new Quarantine(64);
        SlabObject first = object(1);
        quarantine.put(first);
        quarantine.put(object(2));
        assertSame(first, quarantine.takeOldest());
        assertEquals(object(2), quarantine.takeOldest());
        assertNull(quarantine.takeOldest());
    }

    @Test
    void aClosedQuarantineKeepsNoObject() {
        Quarantine quarantine = new Quarantine(64);
        quarantine.put(object(1));
        quarantine.close();
        assertEquals(0, quarantine.size());
        assertEquals(object(2), quarantine.put(object(2)));
        assertNull(quarantine.takeOldest());
    }
}
