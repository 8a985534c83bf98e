package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Departing slabs are checked once more while their memory is there; findings are reported after all locks are released. */
@Timeout(30)
class SlabDeparturesTest {
    enum Way {
        SHRINK(SlabSupply::shrink),
        CLOSE(supply -> assertTrue(supply.closeIf(() -> true)));

        private final Consumer<SlabSupply> call;

        Way(Consumer<SlabSupply> call) {
            this.call = call;
        }
    }

    private final FakeSource source = new FakeSource();
    private final SlabSupply supply = new SlabSupply(new SlabGeometry(64, 64, 6400, Long.MAX_VALUE), source);
    private final long address = supply.takeOne();
    private final Slab slab = supply.find(address);
    private final List<Slab> seen = new ArrayList<>();

    private void empty() {
        supply.free(address);
    }

    @ParameterizedTest
    @EnumSource
    void theLookComesBeforeTheMemoryGoes(Way way) {
        supply.departures().watch(slabs -> {
            seen.addAll(slabs);
            assertEquals(1, source.open());
            assertNull(supply.find(address), "a look-up could still find it");
            return () -> {};
        });
        empty();
        way.call.accept(supply);
        assertEquals(List.of(slab), seen);
        assertEquals(0, source.open());
    }

    @ParameterizedTest
    @EnumSource
    void theReportComesAfterItAndWithNoLockHeld(Way way) {
        List<String> told = new ArrayList<>();
        supply.departures().watch(slabs -> () -> {
            assertEquals(0, source.open());
            // This would wait if a lock were held.
            assertDoesNotThrow(() -> Threads.onAnother(() -> supply.refill(new long[1], 0, 1)));
            told.add("told of " + slabs.size());
        });
        empty();
        way.call.accept(supply);
        assertTrue(told.contains("told of 1"), told::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aLookThatFailsKeepsNoMemory(Way way) {
        Error failure = new StackOverflowError("in the look");
        supply.departures().watch(slabs -> {
            throw failure;
        });
        empty();
        assertSame(failure, assertThrows(StackOverflowError.class, () -> way.call.accept(supply)));
        assertEquals(0, source.open());
    }

    @Test
    void whatIsInUseIsNotLookedAt() {
        supply.departures().watch(slabs -> {
            seen.addAll(slabs);
            return () -> {};
        });
        supply.shrink();
        assertFalse(supply.closeIf(() -> false));
        assertEquals(List.of(), seen);
        assertNotEquals(0, supply.takeOne());
    }

    @Test
    void memoryThatIsHeldIsLookedAtOnce() {
        supply.departures().watch(slabs -> {
            seen.addAll(slabs);
            return () -> {};
        });
        empty();
        source.region(0).refuseToClose(new IllegalStateException("held by a native call"));
        assertThrows(IllegalStateException.class, () -> supply.closeIf(() -> true));
        source.region(0).refuseToClose(null);
        assertTrue(supply.closeIf(() -> true));
        assertEquals(List.of(slab), seen);
        assertEquals(0, source.open());
    }
}
