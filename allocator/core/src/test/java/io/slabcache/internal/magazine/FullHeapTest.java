package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the heap has no room for a new magazine, allocations and frees go to the slab list and succeed. */
@Timeout(30)
class FullHeapTest {
    private static final int OBJECTS = 20;
    private static final int CAPACITY = 10;

    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);
    private final MagazineLayer layer = new MagazineLayer(supply, CAPACITY, false, thread -> false, capacity -> {
        throw new OutOfMemoryError("planted");
    });
    private final long[] objects = Fixtures.refill(supply, OBJECTS);

    private Void freeAll() {
        for (long object : objects) {
            layer.free(layer.caches().current(), object);
        }
        return null;
    }

    private void assertFreed() {
        assertEquals(OBJECTS, supply.counts().singleFrees());
        assertEquals(supply.counts().totalObjects(), supply.counts().freeObjects());
        supply.validate();
    }

    @Test
    void aFreeGoesToTheSlabList() {
        freeAll();
        assertFreed();
    }

    @Test
    void aFreeByAVirtualThreadGoesToTheSlabList() throws Exception {
        Threads.onVirtual(this::freeAll);
        assertFreed();
    }

    @Test
    void anAllocationIsServedFromTheSlabList() throws Exception {
        assertNotEquals(0, layer.allocate(layer.caches().current()));
        Threads.onVirtual(() -> {
            assertNotEquals(0, layer.allocate(layer.caches().current()));
            return null;
        });
        assertEquals(
                supply.counts().totalObjects() - OBJECTS - 2, supply.counts().freeObjects());
        freeAll();
        supply.validate();
    }
}
