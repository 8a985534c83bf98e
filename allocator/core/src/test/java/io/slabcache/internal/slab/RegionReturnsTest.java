package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each region goes back to its source once. A region that is still in use is retried later, and two regions that would
 * close each other's memory are refused.
 */
class RegionReturnsTest {
    private final FakeSource source = new FakeSource();
    private final List<Slab> slabs = new ArrayList<>();
    private final RegionReturns returns = new RegionReturns();

    @BeforeEach
    void makeThreeSlabs() {
        SlabGeometry geometry = Slabs.geometry(64);
        for (int i = 1; i <= 3; i++) {
            slabs.add(Slabs.of(source.allocate(i * 640L, 64), geometry, 10));
        }
    }

    private void refuse(int region, RuntimeException refusal) {
        source.region(region).refuseToClose(refusal);
    }

    private Returned release(List<Slab> slabs) {
        Returned returned = new Returned();
        returns.retry();
        returns.add(slabs);
        returns.closeAll(returned);
        return returned;
    }

    @Test
    void everyRegionIsClosedOnceAndItsBytesCounted() {
        assertEquals(6 * 640, release(slabs).bytes());
        assertEquals(0, release(List.of()).bytes());
        assertEquals(0, returns.held());
        assertEquals(0, returns.bytes.get());
        for (int i = 0; i < 3; i++) {
            assertEquals(1, source.region(i).closes());
        }
    }

    @Test
    void aSlabWithAnObjectOnLeaseIsHeldUntilThatEnds() {
        Slab leased = slabs.get(1);
        LeaseMarks.begin(leased.liveBytes(), leased.place(leased.address(3)));
        leased.retire();
        assertEquals(4 * 640, release(slabs).bytes());
        assertEquals(1, returns.held());
        assertEquals(2 * 640, returns.bytes.get());
        assertEquals(0, source.region(1).closes());
        LeaseMarks.endIfLeased(leased.liveBytes(), leased.place(leased.address(3)));
        assertEquals(2 * 640, release(List.of()).bytes());
        assertEquals(0, returns.held());
        assertEquals(0, returns.bytes.get());
        assertEquals(1, source.region(1).closes());
    }

    @Test
    void aRegionInUseIsRetriedEachTime() {
        refuse(1, new IllegalStateException("held"));
        assertEquals(4 * 640, release(slabs).bytes());
        assertEquals(1, returns.held());
        Returned again = release(List.of());
        assertEquals(0, again.bytes());
        assertNull(again.failure());
        assertEquals(1, returns.held());
        refuse(1, null);
        assertEquals(2 * 640, release(List.of()).bytes());
        assertEquals(0, returns.held());
        for (int i = 0; i < 3; i++) {
            assertEquals(1, source.region(i).closes());
        }
    }

    @Test
    void aRegionThatCannotBeClosedIsNotRetriedAndStaysCounted() {
        RuntimeException planted = new UnsupportedOperationException("planted");
        refuse(1, planted);
        Returned returned = release(slabs);
        assertSame(planted, returned.failure());
        assertEquals(4 * 640, returned.bytes());
        assertEquals(0, returns.held());
        assertEquals(2 * 640, returns.bytes.get());
        refuse(1, null);
        assertNull(release(List.of()).failure());
        assertFalse(source.region(1).isClosed());
        assertEquals(2 * 640, returns.bytes.get());
        assertEquals(1, source.region(0).closes());
        assertEquals(1, source.region(2).closes());
    }

    @Test
    void aRegionThatIsAlreadyClosedIsNeitherRetriedNorCounted() {
        source.region(1).close();
        RuntimeException planted = new IllegalStateException("Already closed");
        refuse(1, planted);
        assertSame(planted, release(slabs).failure());
        assertEquals(0, returns.held());
        assertEquals(0, returns.bytes.get());
    }

    private static SlabRegion region(MemoryRegion of) {
        return Slabs.of(of, Slabs.geometry(64), 10).region();
    }

    @Test
    void noTwoSlabsHaveOneRegion() {
        SlabRegion first = slabs.get(0).region();
        assertTrue(returns.claim(first));
        assertTrue(returns.claimScope(first));
        SlabRegion same = region((MemoryRegion) first.origin());
        assertFalse(returns.claim(same));
        returns.abandon(same);
        assertFalse(returns.claim(same), "the claim of the first slab is still there");
        release(slabs);
        assertTrue(returns.claim(same));
        assertTrue(returns.claimScope(same));
    }

    @Test
    void aRegionThatClosesItsArenaSharesItWithNoOther() {
        Arena arena = Arena.ofShared();
        MemorySegment memory = arena.allocate(1280, 64);
        SlabRegion owner = region(MemoryRegion.of(arena, memory.asSlice(0, 640)));
        SlabRegion other = region(MemoryRegion.of(arena, memory.asSlice(640)));
        SlabRegion slice = region(source.view(memory.asSlice(640)));
        assertTrue(returns.claimScope(owner));
        assertFalse(returns.claimScope(other));
        assertFalse(returns.claimScope(slice));
        returns.abandon(owner);
        assertTrue(returns.claimScope(slice));
        assertFalse(returns.claimScope(owner));
    }

    @Test
    void regionsThatDoNotCloseTheirArenaMayShareIt() {
        MemorySegment memory = source.allocate(1280, 64).segment();
        SlabRegion one = region(source.view(memory.asSlice(0, 640)));
        SlabRegion two = region(source.view(memory.asSlice(640)));
        SlabRegion owner = region(MemoryRegion.of(Arena.ofShared(), memory));
        assertTrue(returns.claimScope(one));
        assertTrue(returns.claimScope(two));
        returns.abandon(one);
        assertFalse(returns.claimScope(owner));
        returns.abandon(two);
        assertTrue(returns.claimScope(owner));
    }
}
