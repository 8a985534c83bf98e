package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FreeMapTest {
    @Test
    void aFewObjectsComeFromAWordThatIsWhollyFree() {
        FreeMap map = new FreeMap(256);
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
    void withoutAWhollyFreeWordThereIsNone() {
        FreeMap map = new FreeMap(128);
        map.takeFrom(0);
        map.takeFrom(1);
        assertEquals(-1, map.wholeWord());
        assertTrue(map.put(0));
        assertEquals(0, map.wholeWord());
        assertEquals(-1, new FreeMap(63).wholeWord());
    }
}
