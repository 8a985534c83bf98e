package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A census counts every object once as live, cached or free. It finds each contradiction that a test plants between
 * magazines, slabs and marks.
 */
class CensusTest {
    private final SlabSupply supply = Fixtures.supply(new FakeSource(), Long.MAX_VALUE);
    private final MagazineLayer layer = new MagazineLayer(supply, Magazine.START, false);
    private final ThreadCache cache = layer.own();

    /** The live bytes of the objects that were handed out. */
    private List<Long> allocate(int count) {
        List<Long> allocated = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long address = cache.pop();
            allocated.add(address != 0 ? address : layer.allocate(cache));
            supply.find(allocated.get(i)).markLive(allocated.get(i));
        }
        return allocated;
    }

    private Census census() {
        return Census.of(supply, layer, true);
    }

    private void assertFinds(String what, long address) {
        List<String> findings = census().findings();
        String hex = Long.toHexString(address);
        assertTrue(
                findings.stream().anyMatch(finding -> finding.contains(what) && finding.contains(hex)),
                "expected '" + what + "' of " + hex + ", found " + findings);
    }

    @Test
    void anEmptyCacheHasNoObjects() {
        Census census = census();
        assertEquals(0, census.live() + census.cached() + census.free());
        assertEquals(List.of(), census.findings());
        assertEquals(0, census.liveSamples().length);
    }

    @Test
    void everyObjectIsLiveCachedOrFree() {
        List<Long> allocated = allocate(23);
        Census census = census();
        assertEquals(List.of(), census.findings());
        assertEquals(23, census.live());
        assertEquals(3 * Magazine.START - 23, census.cached());
        assertEquals(100 - 3 * Magazine.START, census.free());
        assertEquals(8, census.liveSamples().length);
        assertTrue(LongStream.of(census.liveSamples()).allMatch(allocated::contains));
    }

    @Test
    void aFewLiveObjectsAreAllSampled() {
        List<Long> allocated = allocate(3);
        assertEquals(
                allocated.stream().sorted().toList(),
                LongStream.of(census().liveSamples()).sorted().boxed().toList());
    }

    @Test
    void theSpareObjectIsCached() {
        long address = allocate(1).get(0);
        supply.find(address).markFree(address);
        cache.keep(supply.find(address), address);
        Census census = census();
        assertEquals(List.of(), census.findings());
        assertEquals(0, census.live());
        assertEquals(Magazine.START, census.cached());
    }

    @Test
    void anObjectInTwoMagazinesIsFound() {
        long address = allocate(1).get(0);
        supply.find(address).markFree(address);
        cache.push(address);
        assertEquals(List.of(), census().findings());
        cache.shift(Fixtures.magazine(10, address));
        assertFinds("two magazines hold", address);
    }

    @Test
    void anObjectInAMagazineAndFreeInItsSlabIsFound() {
        long address = allocate(1).get(0);
        supply.find(address).markFree(address);
        cache.push(address);
        supply.free(address);
        assertFinds("in a magazine and free in its slab", address);
    }

    @Test
    void aLiveObjectThatIsNotMarkedIsFound() {
        long address = allocate(5).get(2);
        supply.find(address).markFree(address);
        assertFinds("not marked live", address);
        assertEquals(List.of(), Census.of(supply, layer, false).findings());
    }

    @Test
    void aFreeObjectThatIsMarkedLiveIsFound() {
        long address = allocate(5).get(2);
        supply.free(address);
        assertFinds("marked live, but free", address);
    }

    @Test
    void aCachedObjectThatIsMarkedLiveIsFound() {
        long address = allocate(5).get(2);
        cache.push(address);
        assertFinds("marked live, but free", address);
    }

    @Test
    void aMagazineThatHoldsNoObjectIsFound() {
        long address = allocate(1).get(0);
        for (long wrong : new long[] {1, address + 1, supply.slabs().get(0).address(100)}) {
            cache.push(wrong);
            assertFinds("which is not an object of the cache", wrong);
            cache.pop();
        }
        assertEquals(List.of(), census().findings());
    }

    @Test
    void aContradictionOfTheSlabLayerIsFound() throws Exception {
        allocate(5);
        Fields.set(Fields.get(Fields.get(supply, "list"), "sums"), "freeObjects", 17L);
        assertEquals(1, census().findings().size());
    }
}
