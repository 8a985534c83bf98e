package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * A small request takes its objects from a word of the free map in which all objects are free, if there is one. {@link
 * SlabFreeMapTest} covers the rest of the map.
 */
class FreeMapTest {
    @Test
    void aFewObjectsComeFromAnEntirelyFreeWord() {
        FreeMap map = new FreeMap(0, 1, 256);
        assertEquals(0, map.wholeWord());
        assertEquals(0, map.takeFrom(0));
        assertEquals(1, map.takeFrom(0));
        int next = map.wholeWord();
        assertEquals(1, next);
        assertEquals(64, map.takeFrom(next));
        assertEquals(253, map.free());
        map.validate();
    }

    @Test
    void wholeWordReturnsMinusOneWithoutAnEntirelyFreeWord() {
        FreeMap map = new FreeMap(0, 1, 128);
        map.takeFrom(0);
        map.takeFrom(1);
        assertEquals(-1, map.wholeWord());
        assertTrue(map.put(0));
        assertEquals(0, map.wholeWord());
        assertEquals(-1, new FreeMap(0, 1, 63).wholeWord());
    }
}
