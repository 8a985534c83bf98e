package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Growth ahead of need holds up no thread that needs an object. */
@Timeout(60)
class GrowthAheadTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final long PATIENT = Long.MAX_VALUE / 2;

    private final FakeSource source = new FakeSource();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private volatile boolean mayBlock;

    /** Slabs of 100 objects, or of the usual sizes. Threads wait for each other's growth for ever. */
    private SlabSupply supply(long slabBytes, long maxObjects, Consumer<MemorySegment> constructor) {
        return supply(new SlabGeometry(64, 64, slabBytes, maxObjects), source, constructor);
    }

    private static SlabSupply supply(SlabGeometry geometry, MemorySource source, Consumer<MemorySegment> constructor) {
        return new SlabSupply(
                new SlabSpace(geometry, source),
                slab -> {},
                Optional.of(constructor),
                Optional.empty(),
                new Growths(geometry, PATIENT));
    }

    private void blockOnce(MemorySegment object) {
        if (slow.getCount() > 0) {
            slow.countDown();
            Threads.await(mayEnd);
        }
    }

    /** Whether a thread that needs an object waits while another thread grows the supply in the given way. */
    private boolean waitsFor(SlabSupply supply, Callable<Boolean> growth) throws Exception {
        Running<Boolean> other = Threads.start(growth);
        Threads.await(slow);
        Running<Long> hurried = Threads.start(supply::takeOne);
        boolean waits = true;
        for (int i = 0; i < 200 && waits; i++) {
            hurried.thread().join(1);
            waits = hurried.thread().isAlive();
        }
        mayEnd.countDown();
        assertTrue(other.result());
        assertNotEquals(0, hurried.result());
        supply.validate();
        return waits;
    }

    @Test
    void aThreadThatNeedsAnObjectDoesNotWaitForAKeeper() throws Exception {
        SlabSupply supply = supply(6400, Long.MAX_VALUE, this::blockOnce);
        supply.grower().helpedBy(10, new Calls());
        assertFalse(waitsFor(supply, () -> supply.grower().keep()));
        assertEquals(200, supply.counts().totalObjects());
        assertEquals(1, supply.grower().stalls().count());
        assertTrue(supply.grower().stalls().longestNanos() > 0);
    }

    /** The known-bad twin: the other thread is in a hurry too. */
    @Test
    void aThreadThatNeedsAnObjectWaitsForAnotherOneInAHurry() throws Exception {
        SlabSupply supply = supply(6400, Long.MAX_VALUE, this::blockOnce);
        assertTrue(waitsFor(supply, () -> supply.takeOne() != 0));
        assertEquals(100, supply.counts().totalObjects());
        assertEquals(2, supply.grower().stalls().count());
    }

    /** A supply of 16 MiB without free objects, which may grow by 16 MiB more: as much as one slab would have. */
    private SlabSupply filled() {
        SlabSupply supply = supply(0, 32 * MEBIBYTE / 64, object -> {
            if (mayBlock) {
                blockOnce(object);
            }
        });
        while (supply.counts().totalObjects() < 16 * MEBIBYTE / 64) {
            supply.grower().reserve(Long.MAX_VALUE);
        }
        long[] all = new long[(int) supply.counts().freeObjects()];
        assertEquals(all.length, supply.refillFromFree(all, 0, all.length));
        mayBlock = true;
        return supply;
    }

    @Test
    void aKeeperLeavesObjectsBelowTheBoundToThreadsInAHurry() throws Exception {
        SlabSupply supply = filled();
        supply.grower().helpedBy(Long.MAX_VALUE, new Calls());
        assertFalse(waitsFor(supply, () -> supply.grower().keep()));
    }

    /** The known-bad twin: a growth that takes all objects below the bound. */
    @Test
    void aThreadWaitsForAGrowthThatHasTheRestOfTheBound() throws Exception {
        SlabSupply supply = filled();
        assertTrue(waitsFor(supply, () -> supply.grower().reserve(Long.MAX_VALUE)));
    }

    /** A supply that has used one of the two slabs that its budget allows. */
    private SlabSupply halfOfABudget() {
        SlabGeometry geometry = new SlabGeometry(64, 64, 6400, Long.MAX_VALUE);
        MemoryBudget budget = MemoryBudget.ofBytes(2 * geometry.regionBytes(100));
        SlabSupply supply = supply(geometry, budget.limit(source), object -> {
            if (mayBlock) {
                blockOnce(object);
            }
        });
        assertEquals(100, supply.refill(new long[100], 0, 100));
        mayBlock = true;
        return supply;
    }

    @Test
    void aThreadWaitsForAGrowthThatHasTheRestOfTheBudget() throws Exception {
        SlabSupply supply = halfOfABudget();
        supply.grower().helpedBy(10, new Calls());
        assertTrue(waitsFor(supply, () -> supply.grower().keep()));
        assertEquals(200, supply.counts().totalObjects());
    }

    /** The known-bad twin: no growth goes on, so there is nothing to wait for. */
    @Test
    void aThreadIsRefusedAtOnceByASpentBudget() {
        SlabSupply supply = halfOfABudget();
        mayEnd.countDown();
        assertEquals(100, supply.refill(new long[100], 0, 100));
        assertEquals(0, supply.takeOne());
    }

    @Test
    void aKeeperReachesTheBoundExactlyAndStops() {
        SlabSupply supply = supply(0, 10 * MEBIBYTE / 64 + 17, object -> {});
        supply.grower().helpedBy(Long.MAX_VALUE, new Calls());
        int grown = 0;
        while (supply.grower().keep()) {
            grown++;
        }
        assertEquals(10 * MEBIBYTE / 64 + 17, supply.counts().totalObjects());
        assertTrue(grown < 12, () -> "made " + supply.counts().slabs() + " slabs");
    }

    @Test
    void aKeeperDoesNotWaitForAnotherThread() throws Exception {
        SlabSupply supply = supply(6400, Long.MAX_VALUE, this::blockOnce);
        supply.grower().helpedBy(10, new Calls());
        Running<Boolean> reserving = Threads.start(() -> supply.grower().reserve(100));
        Threads.await(slow);
        assertFalse(supply.grower().keep());
        mayEnd.countDown();
        assertTrue(reserving.result());
        assertEquals(100, supply.counts().totalObjects());
    }

    private final long[] taken = new long[1 << 20];

    private void takeAll(SlabSupply supply) {
        supply.refill(taken, 0, taken.length);
    }

    private static long mebibytes(SlabSupply supply) {
        return supply.counts().totalObjects() * 64 / MEBIBYTE;
    }

    /** A supply of 8 MiB in which no object is free, and which grows. */
    private SlabSupply growing(Calls calls) {
        SlabSupply supply = supply(0, Long.MAX_VALUE, object -> {});
        supply.grower().helpedBy(0, calls);
        while (mebibytes(supply) < 8) {
            takeAll(supply);
            assertEquals(mebibytes(supply) < 8 ? 0 : 1, calls.wakes.get());
        }
        return supply;
    }

    @Test
    void theHelperOfAGrowingCacheMakesSmallSlabsAndThenLargeOnes() {
        SlabSupply supply = growing(new Calls());
        for (long expected : new long[] {10, 12, 14, 16, 18, 20, 22, 24, 57, 90}) {
            assertTrue(supply.grower().keep());
            assertEquals(expected, mebibytes(supply));
            assertEquals(expected, supply.counts().reservedBytes() / MEBIBYTE);
            supply.refillFromFree(taken, 0, taken.length);
        }
        supply.flush(taken, 0, 4 * MEBIBYTE / 64);
        assertTrue(supply.grower().keep(), "less than a quarter is free");
        assertFalse(supply.grower().keep());
    }

    @Test
    void aCacheHasOnlySomeSmallSlabs() {
        SlabSupply supply = growing(new Calls());
        while (mebibytes(supply) < 32) {
            long before = mebibytes(supply);
            takeAll(supply);
            assertEquals(before + 2, mebibytes(supply));
        }
        takeAll(supply);
        assertEquals(32 + 33, mebibytes(supply));
        takeAll(supply);
        assertEquals(32 + 33 + 33, mebibytes(supply));
    }

    /** Memory that is given back in this state would be made anew at once. */
    @Test
    void aCacheThatGaveMemoryBackGetsNoneAheadBeforeItGrows() {
        SlabSupply supply = growing(new Calls());
        assertTrue(supply.grower().isGrowing());
        supply.shrink();
        assertFalse(supply.grower().isGrowing());
        assertFalse(supply.grower().keep());
        takeAll(supply);
        assertTrue(supply.grower().keep());
        supply.grower().noteTrim();
        takeAll(supply);
        assertFalse(supply.grower().isGrowing(), "there were free objects");
        assertFalse(supply.grower().keep());
    }

    @Test
    void useTellsTheHelperWhenTooFewObjectsAreLeft() {
        SlabSupply supply = supply(6400, 200, object -> {});
        Calls calls = new Calls();
        supply.grower().helpedBy(30, calls);
        long[] some = new long[60];
        supply.refill(some, 0, 60);
        int before = calls.nudges.get();
        supply.refill(some, 0, 9);
        assertEquals(before, calls.nudges.get(), "31 objects are left");
        supply.refill(some, 0, 2);
        assertEquals(before + 1, calls.nudges.get(), "29 objects are left");
        assertTrue(supply.grower().keep());
        int enough = calls.nudges.get();
        supply.takeFree();
        assertEquals(enough, calls.nudges.get());
        supply.refill(new long[120], 0, 120);
        assertEquals(enough, calls.nudges.get(), "the bound allows no more");
        assertFalse(supply.grower().keep());
    }

    /** Counts the calls to a helper. */
    private static final class Calls implements Grower.Helper {
        final AtomicInteger wakes = new AtomicInteger();
        final AtomicInteger nudges = new AtomicInteger();

        @Override
        public void wake() {
            wakes.incrementAndGet();
        }

        @Override
        public void nudge() {
            nudges.incrementAndGet();
        }
    }
}
