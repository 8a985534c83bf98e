package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A close gives back all memory or changes nothing, and hides the objects while its condition is decided. Regions that
 * cannot be closed are reported once and retried.
 */
@Timeout(30)
class SlabSupplyClosingTest {
    private static final BooleanSupplier NEVER_ASKED = () -> {
        throw new AssertionError("the condition was evaluated after the close");
    };

    private final FakeSource source = new FakeSource();
    private final SlabSupply supply = new SlabSupply(new SlabGeometry(64, 64, 6400, Long.MAX_VALUE), source);

    /** Returns a live object of the only slab. */
    private final long address = supply.takeOne();

    private void addASlab() {
        long[] all = new long[100];
        supply.refillFromFree(all, 0, 100);
        supply.takeOne();
    }

    @Test
    void aCloseGivesEverythingBack() {
        addASlab();
        assertTrue(supply.closeIf(() -> true));
        assertFalse(supply.isOpen());
        assertEquals(0, source.open());
        assertEquals(0, supply.counts().slabs());
        assertNull(supply.index().find(address));
        supply.validate();
    }

    @Test
    void aClosedSupplyGivesNothingAndTakesNothing() {
        supply.closeIf(() -> true);
        assertEquals(0, supply.takeOne());
        assertEquals(0, supply.refill(new long[5], 0, 5));
        assertEquals(0, supply.refillFromFree(new long[5], 0, 5));
        supply.free(address);
        supply.flush(new long[] {address}, 0, 1);
        assertEquals(0, supply.counts().freeObjects());
        assertEquals(0, supply.shrink());
        assertEquals(1, source.count());
    }

    @Test
    void aSecondCloseDoesNothing() {
        supply.closeIf(() -> true);
        assertTrue(supply.closeIf(NEVER_ASKED));
        assertEquals(1, source.region(0).closes());
    }

    @Test
    void aCloseThatIsForbiddenChangesNothing() {
        SlabCounts before = supply.counts();
        assertFalse(supply.closeIf(() -> false));
        assertTrue(supply.isOpen());
        assertEquals(before, supply.counts());
        assertNotNull(supply.index().find(address));
        assertNotEquals(0, supply.takeOne());
        assertEquals(1, source.open());
        assertTrue(supply.closeIf(() -> true));
    }

    @Test
    void aConditionThatThrowsChangesNothing() {
        RuntimeException planted = new IllegalArgumentException("planted");
        assertSame(
                planted,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> supply.closeIf(() -> {
                            throw planted;
                        })));
        assertTrue(supply.isOpen());
        assertNotNull(supply.index().find(address));
        assertTrue(supply.closeIf(() -> true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noLookUpSucceedsWhileTheConditionIsAsked(boolean closes) {
        assertEquals(closes, supply.closeIf(() -> {
            assertNull(supply.index().find(address));
            return closes;
        }));
        assertEquals(closes, supply.index().find(address) == null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isOpenWaitsForTheDecision(boolean closes) throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Running<Boolean> closer = Threads.start(() -> supply.closeIf(() -> {
            deciding.countDown();
            Threads.await(mayEnd);
            return closes;
        }));
        Threads.await(deciding);
        Running<Boolean> asker = Threads.start(supply::isOpen);
        asker.awaitWaiting();
        mayEnd.countDown();
        assertEquals(!closes, asker.result());
        assertEquals(closes, closer.result());
    }

    @Test
    void nothingGrowsWhileTheConditionIsAsked() throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        supply.refillFromFree(new long[100], 0, 100);
        Running<Boolean> closer = Threads.start(() -> supply.closeIf(() -> {
            deciding.countDown();
            Threads.await(mayEnd);
            return true;
        }));
        Threads.await(deciding);
        Running<Long> grower = Threads.start(supply::takeOne);
        grower.awaitWaiting();
        mayEnd.countDown();
        assertTrue(closer.result());
        assertEquals(0, grower.result());
        assertEquals(1, source.count());
    }

    @Test
    void aRegionInUseIsClosedByTheNextClose() {
        addASlab();
        source.region(0).refuseToClose(new IllegalStateException("held"));
        IllegalStateException held = assertThrows(IllegalStateException.class, () -> supply.closeIf(() -> true));
        assertTrue(held.getMessage().contains("1 slabs"), held.getMessage());
        assertFalse(supply.isOpen());
        assertThrows(IllegalStateException.class, () -> supply.closeIf(NEVER_ASKED));
        source.region(0).refuseToClose(null);
        assertTrue(supply.closeIf(NEVER_ASKED));
        assertEquals(1, source.region(0).closes());
        assertEquals(1, source.region(1).closes());
    }

    @Test
    void aRegionThatCannotBeClosedIsReportedOnceAndStaysCounted() {
        addASlab();
        RuntimeException planted = new UnsupportedOperationException("planted");
        source.region(0).refuseToClose(planted);
        IllegalStateException told = assertThrows(IllegalStateException.class, () -> supply.closeIf(() -> true));
        assertTrue(told.getMessage().startsWith("cache closed, but"), told.getMessage());
        assertSame(planted, told.getCause());
        assertEquals(6400, supply.counts().reservedBytes());
        source.region(0).refuseToClose(null);
        assertTrue(supply.closeIf(NEVER_ASKED));
        assertFalse(source.region(0).isClosed(), "it was closed once more");
        assertEquals(1, source.region(1).closes());
        assertEquals(6400, supply.counts().reservedBytes());
    }

    /** The look-up is repeated if a close began meanwhile; it must not see that beginning too early. */
    @Test
    void anObjectIsFoundWhileClosesAreRefused() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Running<Integer> closer = Threads.start(() -> {
            int refused = 0;
            while (!over.get()) {
                assertFalse(supply.closeIf(() -> false));
                refused++;
            }
            return refused;
        });
        try {
            long end = System.nanoTime() + 500_000_000;
            while (System.nanoTime() < end) {
                assertNotNull(findSurely());
            }
        } finally {
            over.set(true);
        }
        assertTrue(closer.result() > 0);
    }

    /** Looks an object up like the front door. */
    private Slab findSurely() {
        Slab slab;
        long seals;
        do {
            seals = supply.seals();
            slab = supply.isOpen() ? supply.index().find(address) : null;
        } while (slab == null && seals != supply.seals());
        return slab;
    }

    @Test
    void aRegionInUseIsClosedByTheNextShrink() {
        supply.free(address);
        source.region(0).refuseToClose(new IllegalStateException("held"));
        assertEquals(0, supply.shrink());
        assertEquals(0, supply.counts().slabs());
        source.region(0).refuseToClose(null);
        assertEquals(6400, supply.shrink());
        assertEquals(1, source.region(0).closes());
        assertEquals(0, supply.shrink());
    }
}
