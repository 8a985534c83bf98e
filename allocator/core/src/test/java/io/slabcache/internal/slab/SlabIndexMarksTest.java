package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Objects of many slabs are marked live or free by one call, which stops at the first address that it cannot mark. A
 * sealed index marks nothing.
 */
@Timeout(30)
class SlabIndexMarksTest extends IndexUser {
    @ParameterizedTest
    @EnumSource
    void markingStopsAtTheFirstObjectThatIsNotLive(SlabLayout layout) {
        long[] addresses = new long[100];
        for (int i = 0; i < addresses.length; i++) {
            add(layout.slab(i, random));
            addresses[i] = middle(i);
        }
        int marked = index.markLive(addresses, 0, addresses.length);
        assertTrue(layout != SlabLayout.ADJACENT || marked == addresses.length, layout + ": " + marked);
        for (int i = 0; i < addresses.length; i++) {
            assertEquals(i < marked, slabs.get(i).isLive(addresses[i]), layout + " " + i);
            slabs.get(i).markLive(addresses[i]);
        }
        slabs.get(50).markFree(addresses[50]);
        int end = index.markFree(addresses, 10, addresses.length);
        assertTrue(layout == SlabLayout.ADJACENT ? end == 50 : end >= 10 && end <= 50, layout + ": " + end);
        for (int i = 0; i < addresses.length; i++) {
            boolean freed = i >= 10 && i < end || i == 50;
            assertEquals(!freed, slabs.get(i).isLive(addresses[i]), layout + " " + i);
        }
    }

    /** Returns an object whose granule belongs to one slab only, if there is one. */
    private long middle(int slab) {
        return slabs.get(slab).address(slabs.get(slab).objects() / 2);
    }

    @Test
    void anAddressOfNoObjectEndsTheRun() {
        add(SlabLayout.ADJACENT.slab(0, random));
        add(SlabLayout.ADJACENT.slab(1, random));
        long first = middle(0);
        long second = middle(1);
        for (long bad : new long[] {0, -1, first, first + 8, second + (64 << 10)}) {
            slabs.get(0).markLive(first);
            slabs.get(1).markLive(second);
            assertEquals(2, index.markFree(new long[] {first, second, bad}, 0, 3), Long.toHexString(bad));
            assertFalse(slabs.get(0).isLive(first) || slabs.get(1).isLive(second));
        }
        index.seal(true);
        assertEquals(0, index.markLive(new long[] {first, second}, 0, 2));
        assertFalse(slabs.get(0).isLive(first) || slabs.get(1).isLive(second));
        slabs.get(0).markLive(first);
        slabs.get(1).markLive(second);
        assertEquals(0, index.markFree(new long[] {first, second}, 0, 2));
        assertTrue(slabs.get(0).isLive(first) && slabs.get(1).isLive(second));
    }
}
