package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The states of a single magazine: empty, partly filled, full, and without capacity. */
class MagazineTest {
    @Test
    void aNewMagazineIsEmpty() {
        Magazine magazine = new Magazine(3);
        assertEquals(0, magazine.size);
        assertEquals(3, magazine.queue.length);
        assertFalse(magazine.isFull());
        assertNull(magazine.below);
    }

    @Test
    void itIsFullAtItsCapacity() {
        Magazine magazine = new Magazine(2);
        magazine.size = 1;
        assertFalse(magazine.isFull());
        magazine.size = 2;
        assertTrue(magazine.isFull());
    }

    @Test
    void aMagazineWithoutCapacityIsEmptyAndFull() {
        Magazine magazine = new Magazine(0);
        assertTrue(magazine.isFull());
        assertEquals(0, magazine.size);
    }

    @Test
    void forEachVisitsOnlyTheObjectsItHolds() {
        Magazine magazine = Fixtures.magazine(4, 10, 20, 30);
        magazine.size = 2;
        List<Long> shown = new ArrayList<>();
        magazine.forEach(shown::add);
        assertEquals(List.of(10L, 20L), shown);
    }
}
