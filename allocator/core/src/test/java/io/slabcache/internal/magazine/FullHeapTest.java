package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heap has no room for a magazine: each is the largest array that can be asked for and that no JVM makes. */
@Timeout(30)
class FullHeapTest {
    private static final int OBJECTS = 20;

    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);
    private final MagazineLayer layer = new MagazineLayer(supply, Integer.MAX_VALUE, false);
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
    void anAllocationTakesNothing() {
        freeAll();
        assertThrows(OutOfMemoryError.class, () -> layer.allocate(layer.caches().current()));
        assertFreed();
    }
}
