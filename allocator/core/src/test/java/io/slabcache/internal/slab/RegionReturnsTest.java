package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.slabcache.internal.util.FakeSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionReturnsTest {
    private final FakeSource source = new FakeSource();
    private final List<Slab> slabs = new ArrayList<>();
    private final RegionReturns returns = new RegionReturns();

    @BeforeEach
    void makeThreeSlabs() {
        SlabGeometry geometry = Slabs.geometry(64);
        for (int i = 1; i <= 3; i++) {
            slabs.add(new Slab(geometry, source.allocate(i * 640L, 64), 10));
        }
    }

    private void refuse(int region, RuntimeException refusal) {
        source.region(region).refuseToClose(refusal);
    }

    @Test
    void everyRegionIsClosedOnceAndItsBytesCounted() {
        assertEquals(6 * 640, returns.release(slabs));
        assertEquals(0, returns.release(List.of()));
        assertEquals(0, returns.held());
        for (int i = 0; i < 3; i++) {
            assertEquals(1, source.region(i).closes());
        }
    }

    @Test
    void aSlabWithAnObjectOnLeaseIsHeldUntilThatEnds() {
        Slab leased = slabs.get(1);
        leased.markLeased(leased.address(3));
        leased.retire();
        assertEquals(4 * 640, returns.release(slabs));
        assertEquals(1, returns.held());
        assertEquals(0, source.region(1).closes());
        leased.markReturned(leased.address(3));
        assertEquals(2 * 640, returns.release(List.of()));
        assertEquals(0, returns.held());
        assertEquals(1, source.region(1).closes());
    }

    @Test
    void aRegionThatIsHeldIsTriedAgainEachTime() {
        refuse(1, new IllegalStateException("held"));
        assertEquals(4 * 640, returns.release(slabs));
        assertEquals(1, returns.held());
        assertEquals(0, returns.release(List.of()));
        assertEquals(1, returns.held());
        refuse(1, null);
        assertEquals(2 * 640, returns.release(List.of()));
        assertEquals(0, returns.held());
        for (int i = 0; i < 3; i++) {
            assertEquals(1, source.region(i).closes());
        }
    }

    @Test
    void aRegionThatFailsInAnotherWayLosesNoneAndClosesNoneTwice() {
        refuse(1, new UnsupportedOperationException("planted"));
        releaseWhateverIsThrown(slabs);
        assertEquals(1, source.region(0).closes());
        releaseWhateverIsThrown(List.of());
        assertFalse(source.region(1).isClosed());
        refuse(1, null);
        returns.release(List.of());
        for (int i = 0; i < 3; i++) {
            assertEquals(1, source.region(i).closes(), "region " + i);
        }
    }

    private void releaseWhateverIsThrown(List<Slab> slabs) {
        try {
            returns.release(slabs);
        } catch (UnsupportedOperationException e) {
            assertEquals("planted", e.getMessage());
        }
    }
}
