package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The free map of a slab: take and put, compared with a sorted set for random calls. Its validation must find a wrong
 * count and a wrong start of the search.
 */
class SlabFreeMapTest {
    private static final long BASE = 0x10000;

    private static Slab slab(int objects) {
        return Slabs.at(BASE, Slabs.geometry(48), objects);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 1000})
    void aNewSlabHoldsAllItsObjects(int objects) {
        Slab slab = slab(objects);
        assertEquals(objects, slab.freeMap.free());
        assertTrue(slab.freeMap.isEmpty());
        for (int i = 0; i < objects; i++) {
            assertTrue(slab.isFree(i));
        }
        slab.freeMap.validate();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 127, 128, 129, 1000})
    void allObjectsCanBeTakenAtOnce(int objects) {
        Slab slab = slab(objects);
        long[] taken = new long[objects];
        assertEquals(objects, slab.freeMap.take(taken, 0, objects));
        for (int i = 0; i < objects; i++) {
            assertEquals(slab.address(objects - 1 - i), taken[i], "a stack hands out ascending addresses");
            assertFalse(slab.isFree(i));
        }
        assertEquals(0, slab.freeMap.free());
        assertEquals(0, slab.freeMap.take(taken, 0, 1));
        slab.freeMap.validate();
    }

    @Test
    void takeWritesItsSliceOnly() {
        Slab slab = slab(100);
        long[] taken = {-1, -1, -1, -1, -1, -1};
        assertEquals(3, slab.freeMap.take(taken, 2, 3));
        assertArrayEquals(new long[] {-1, -1, BASE + 96, BASE + 48, BASE, -1}, taken);
        assertEquals(97, slab.freeMap.free());
        assertFalse(slab.freeMap.isEmpty());
    }

    @Test
    void takeReturnsTheRemainingObjects() {
        Slab slab = slab(5);
        long[] taken = new long[10];
        assertEquals(3, slab.freeMap.take(taken, 0, 3));
        assertEquals(2, slab.freeMap.take(taken, 3, 7));
        assertArrayEquals(new long[5], Arrays.copyOfRange(taken, 5, 10));
    }

    @Test
    void takingNoObjectChangesNothing() {
        Slab slab = slab(5);
        assertEquals(0, slab.freeMap.take(new long[0], 0, 0));
        assertEquals(5, slab.freeMap.free());
        slab.freeMap.validate();
    }

    @Test
    void anObjectPutBackIsTheNextToBeTaken() {
        Slab slab = slab(200);
        slab.freeMap.take(new long[200], 0, 150);
        long address = slab.address(70);
        assertTrue(slab.freeMap.put(slab.indexOf(address)));
        assertTrue(slab.isFree(70));
        assertEquals(51, slab.freeMap.free());
        long[] taken = new long[1];
        slab.freeMap.take(taken, 0, 1);
        assertEquals(address, taken[0]);
    }

    @Test
    void aSecondPutOfAnObjectIsRefused() {
        Slab slab = slab(70);
        assertFalse(slab.freeMap.put(slab.indexOf(slab.address(69))));
        slab.freeMap.take(new long[70], 0, 70);
        assertTrue(slab.freeMap.put(slab.indexOf(slab.address(3))));
        assertFalse(slab.freeMap.put(slab.indexOf(slab.address(3))));
        assertEquals(1, slab.freeMap.free());
        slab.freeMap.validate();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 500})
    void randomTakesAndPutsAgreeWithASortedSet(int objects) {
        Slab slab = slab(objects);
        TreeSet<Long> free = new TreeSet<>();
        Slabs.addresses(slab).forEach(free::add);
        List<Long> out = new ArrayList<>();
        Random random = new Random(objects);
        for (int step = 0; step < 3000; step++) {
            if (random.nextBoolean()) {
                int wanted = random.nextInt(objects + 2);
                long[] taken = new long[wanted];
                int got = slab.freeMap.take(taken, 0, wanted);
                assertEquals(Math.min(wanted, free.size()), got);
                // A few come from a word of their own, if there is one.
                boolean areFew = got > 1 && got < Long.SIZE;
                for (int i = got - 1; i >= 0; i--) {
                    assertTrue(areFew ? free.remove(taken[i]) : free.pollFirst() == taken[i]);
                    out.add(taken[i]);
                }
            } else {
                for (int i = random.nextInt(out.size() + 1); i > 0; i--) {
                    long address = out.remove(random.nextInt(out.size()));
                    assertTrue(slab.freeMap.put(slab.indexOf(address)));
                    free.add(address);
                }
            }
            assertEquals(free.size(), slab.freeMap.free());
            assertEquals(free.size() == objects, slab.freeMap.isEmpty());
            slab.freeMap.validate();
        }
    }

    @Test
    void validateFindsAWrongCount() throws Exception {
        FreeMap map = new FreeMap(0, 1, 100);
        map.validate();
        Fields.set(map, "free", 99);
        assertThrows(AssertionError.class, map::validate);
    }

    @Test
    void validateFindsAFreeObjectThatTakeWouldMiss() throws Exception {
        FreeMap map = new FreeMap(0, 1, 100);
        Fields.set(map, "firstWord", 1);
        assertThrows(AssertionError.class, map::validate);
    }

    @Test
    void aMapHandsOutTheLowestNumber() {
        FreeMap map = new FreeMap(0, 1, 130);
        for (int i = 0; i < 130; i++) {
            assertTrue(map.isFree(i));
            assertEquals(i, map.takeFirst());
            assertFalse(map.isFree(i));
        }
        assertEquals(0, map.free());
        assertTrue(map.put(129));
        assertTrue(map.put(5));
        assertFalse(map.put(5));
        assertEquals(2, map.free());
        assertEquals(5, map.takeFirst());
        assertEquals(129, map.takeFirst());
        map.validate();
    }
}
