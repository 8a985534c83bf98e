package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A bulk call has the effect of as many single calls, or no effect at all. */
@InAllConfigurations
class BulkTest extends CacheContract {
    private static final int[][] BAD_RANGES = {
        {-1, 1}, {0, -1}, {0, 5}, {4, 1}, {5, 0}, {1, Integer.MAX_VALUE}, {Integer.MAX_VALUE, 1}
    };

    @Test
    void manyAddressesAreDistinctObjectsAndGoBackTogether() {
        long[] addresses = new long[configuration.many()];
        assertTrue(allocator().allocateBulk(addresses, 0, addresses.length));
        assertEquals(addresses.length, Arrays.stream(addresses).distinct().count());
        assertTrue(Arrays.stream(addresses).allMatch(cache::owns));
        assertEquals(addresses.length, cache.stats().liveObjects());
        allocator().freeBulk(addresses, 0, addresses.length);
        assertEquals(0, cache.stats().liveObjects());
    }

    @Test
    void manySegmentsAreDistinctObjectsAndGoBackTogether() {
        MemorySegment[] objects = new MemorySegment[configuration.many()];
        assertTrue(allocator().allocateBulk(objects, 0, objects.length));
        assertEquals(
                objects.length,
                Arrays.stream(objects).map(MemorySegment::address).distinct().count());
        for (MemorySegment object : objects) {
            assertSame(object, cache.segment(object.address()));
        }
        assertEquals(objects.length, cache.stats().liveObjects());
        allocator().freeBulk(objects, 0, objects.length);
        assertEquals(0, cache.stats().liveObjects());
    }

    @Test
    void onlyTheRangeOfTheArrayIsUsed() {
        long[] addresses = {-1, -2, -3, -4, -5};
        assertTrue(allocator().allocateBulk(addresses, 1, 2));
        assertTrue(cache.owns(addresses[1]) && cache.owns(addresses[2]));
        assertEquals(-1, addresses[0]);
        assertEquals(-4, addresses[3]);
        assertEquals(-5, addresses[4]);
        allocator().freeBulk(addresses, 1, 2);

        MemorySegment[] objects = new MemorySegment[5];
        assertTrue(allocator().allocateBulk(objects, 3, 2));
        assertTrue(cache.owns(objects[3].address()) && cache.owns(objects[4].address()));
        assertNull(objects[0]);
        assertNull(objects[2]);
        allocator().freeBulk(objects, 3, 2);
    }

    @Test
    void freeingLeavesTheArrayAsItIs() {
        long[] addresses = new long[3];
        assertTrue(allocator().allocateBulk(addresses, 0, 3));
        long[] before = addresses.clone();
        allocator().freeBulk(addresses, 0, 3);
        assertTrue(Arrays.equals(before, addresses));
    }

    @Test
    void anEmptyRangeDoesNothing() {
        assertTrue(allocator().allocateBulk(new long[0], 0, 0));
        assertTrue(allocator().allocateBulk(new MemorySegment[4], 4, 0));
        allocator().freeBulk(new long[4], 2, 0);
        allocator().freeBulk(new MemorySegment[0], 0, 0);
        assertEquals(0, cache.stats().allocations());
    }

    @Test
    void aRangeOutsideTheArrayIsRefusedBeforeAnythingHappens() {
        for (int[] range : BAD_RANGES) {
            long[] addresses = new long[4];
            MemorySegment[] objects = new MemorySegment[4];
            assertOutOfBounds(() -> allocator().allocateBulk(addresses, range[0], range[1]));
            assertOutOfBounds(() -> allocator().allocateBulk(objects, range[0], range[1]));
            assertOutOfBounds(() -> allocator().freeBulk(addresses, range[0], range[1]));
            assertOutOfBounds(() -> allocator().freeBulk(objects, range[0], range[1]));
        }
        assertEquals(0, cache.stats().allocations());
        assertEquals(0, cache.stats().misuses());
    }

    @Test
    void bulkAndSingleCallsMayBeMixed() {
        long[] addresses = new long[4];
        assertTrue(allocator().allocateBulk(addresses, 0, 4));
        for (long address : addresses) {
            allocator().freeAddress(address);
        }
        MemorySegment[] objects = {
            allocator().allocate(), cache.segment(allocator().allocateAddress())
        };
        allocator().freeBulk(objects, 0, 2);
        assertEquals(6, cache.stats().frees());
    }

    private static void assertOutOfBounds(Executable call) {
        assertThrows(IndexOutOfBoundsException.class, call);
    }
}
