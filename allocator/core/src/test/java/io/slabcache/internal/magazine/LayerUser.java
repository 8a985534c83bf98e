package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Calls a layer like the front door does, and checks its consistency after each test. */
abstract class LayerUser {
    final FakeSource source = new FakeSource();
    SlabSupply supply;
    MagazineLayer layer;

    LayerUser(long maxObjects, int capacity) {
        use(Fixtures.supply(source, maxObjects), capacity);
    }

    final void use(SlabSupply other, int capacity) {
        supply = other;
        layer = new MagazineLayer(other, capacity, false);
    }

    final long allocate() {
        ThreadCache cache = layer.caches().current();
        long address = cache.pop();
        if (address == 0 && layer.swapToPop(cache)) {
            address = cache.pop();
        }
        return address != 0 ? address : layer.allocate(cache);
    }

    final List<Long> allocate(int count) {
        List<Long> allocated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            allocated.add(allocate());
        }
        return allocated;
    }

    final void free(long address) {
        ThreadCache cache = layer.caches().current();
        if (!cache.push(address) && !layer.swapAndPush(cache, address)) {
            layer.free(cache, address);
        }
    }

    @AfterEach
    void nothingIsContradictory() {
        assertEquals(List.of(), Census.of(supply, layer, false).findings());
    }
}
