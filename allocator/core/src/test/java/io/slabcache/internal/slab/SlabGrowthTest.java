package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Addresses;
import io.slabcache.internal.util.FakeSource;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While the memory source or the constructor of a supply runs, every call is allowed that needs no growth. */
@Timeout(30)
class SlabGrowthTest {
    private final FakeSource source = new FakeSource();

    /** Slabs of 100 objects. */
    private SlabSupply supply(long maxObjects, Consumer<MemorySegment> constructor) {
        return new SlabSupply(
                new SlabGeometry(64, 64, 6400, maxObjects), source, slab -> {}, Optional.ofNullable(constructor));
    }

    private static long[] refill(SlabSupply supply, int count) {
        long[] taken = new long[count];
        assertEquals(count, supply.refill(taken, 0, count));
        return taken;
    }

    @Test
    void aConstructorThatNeedsANewSlabIsRefused() {
        SlabSupply[] supply = new SlabSupply[1];
        List<IllegalStateException> refused = new ArrayList<>();
        supply[0] = supply(Long.MAX_VALUE, segment -> {
            if (refused.isEmpty()) {
                refused.add(assertThrows(IllegalStateException.class, supply[0]::takeOne));
            }
        });
        refill(supply[0], 100);
        assertTrue(
                refused.get(0).getMessage().contains("constructor"),
                refused.get(0).getMessage());
        assertEquals(1, source.count());
        supply[0].validate();
    }

    @Test
    void aConstructorThatClosesIsRefused() {
        SlabSupply[] supply = new SlabSupply[1];
        supply[0] = supply(Long.MAX_VALUE, segment -> supply[0].closeIf(() -> true));
        assertThrows(IllegalStateException.class, supply[0]::takeOne);
        assertTrue(supply[0].isOpen());
        assertEquals(0, source.open());
        assertEquals(0, supply[0].counts().slabs());
    }

    @Test
    void objectsComeAndGoWhileAConstructorRuns() throws Exception {
        CountDownLatch constructing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        int[] runs = new int[1];
        SlabSupply supply = supply(Long.MAX_VALUE, segment -> {
            if (++runs[0] == 101) {
                constructing.countDown();
                Threads.await(mayEnd);
            }
        });
        long[] first = refill(supply, 100);
        Running<Long> grower = Threads.start(supply::takeOne);
        Threads.await(constructing);
        supply.flush(first, 0, 10);
        assertEquals(4, supply.refill(new long[4], 0, 4));
        supply.free(first[20]);
        assertEquals(7, supply.counts().freeObjects());
        mayEnd.countDown();
        assertNotEquals(0, grower.result());
        supply.validate();
    }

    /** Slabs of 100 objects; other threads wait up to {@code patience} for one before they make another. */
    private SlabSupply supply(long maxObjects, Duration patience, Consumer<MemorySegment> constructor) {
        SlabGeometry geometry = new SlabGeometry(64, 64, 6400, maxObjects);
        return new SlabSupply(
                new SlabSpace(geometry, source),
                slab -> {},
                Optional.ofNullable(constructor),
                Optional.empty(),
                new Growths(geometry, patience.toNanos()));
    }

    @Test
    void threadsThatFindNothingAtTheSameTimeMakeOneSlab() throws Exception {
        CountDownLatch constructing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        SlabSupply supply = supply(Long.MAX_VALUE, Duration.ofHours(1), segment -> {
            constructing.countDown();
            Threads.await(mayEnd);
        });
        Running<Long> first = Threads.start(supply::takeOne);
        Threads.await(constructing);
        Running<Long> second = Threads.start(supply::takeOne);
        second.awaitWaiting();
        mayEnd.countDown();
        assertNotEquals(first.result(), second.result());
        assertEquals(1, source.count());
    }

    @Test
    void aThreadThatHasWaitedTooLongMakesASlabOfItsOwn() throws Exception {
        CountDownLatch constructing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        SlabSupply supply = supply(200, Duration.ZERO, segment -> {
            if (constructing.getCount() > 0) {
                constructing.countDown();
                Threads.await(mayEnd);
            }
        });
        Running<Long> slow = Threads.start(supply::takeOne);
        Threads.await(constructing);
        refill(supply, 100);
        assertEquals(2, source.count());
        mayEnd.countDown();
        assertNotEquals(0, slow.result());
        refill(supply, 99);
        assertEquals(0, supply.takeOne());
        supply.validate();
    }

    /** A growth counts until it ends, and its slab from a moment before. */
    @Test
    void aSlabAndItsGrowthMayExceedTheBoundTogether() throws Exception {
        SlabGeometry geometry = new SlabGeometry(64, 64, 6400, 150);
        Growths growths = new Growths(geometry, 0);
        SlabCounts added = new SlabCounts(1, 100, 0, 0, 6400, 0, 0, 0, 0, 0, 0);
        Growth ofAnotherThread = Threads.start(Growth::hurried).result();
        assertEquals(Growth.Start.BEGUN, growths.begin(ofAnotherThread, SlabCounts.ofBytes(0, 0), growths.ended()));
        Growth growth = Growth.hurried();
        assertEquals(Growth.Start.WAIT_AT_BOUND, growths.begin(growth, added, growths.ended()));
        growths.end(ofAnotherThread);
        assertEquals(Growth.Start.BEGUN, growths.begin(growth, added, growths.ended()));
        assertEquals(50, growth.objects);
    }

    @Test
    void aGrowthThatFailsGivesWhatItReservedOfTheBoundToTheThreadThatWaitsForIt() throws Exception {
        CountDownLatch constructing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        SlabSupply supply = supply(100, Duration.ZERO, segment -> {
            if (constructing.getCount() > 0) {
                constructing.countDown();
                Threads.await(mayEnd);
                throw new IllegalArgumentException("planted");
            }
        });
        Running<Long> fails = Threads.start(supply::takeOne);
        Threads.await(constructing);
        Running<Long> waits = Threads.start(supply::takeOne);
        waits.awaitWaiting();
        mayEnd.countDown();
        assertThrows(IllegalArgumentException.class, fails::result);
        assertNotEquals(0, waits.result());
        assertEquals(100, supply.counts().totalObjects());
    }

    @Test
    void aSlabThatIsFinishedAfterTheCloseGivesItsMemoryBack() throws Exception {
        CountDownLatch constructing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        SlabSupply supply = supply(Long.MAX_VALUE, segment -> {
            constructing.countDown();
            Threads.await(mayEnd);
        });
        Running<Long> grower = Threads.start(supply::takeOne);
        Threads.await(constructing);
        assertTrue(supply.closeIf(() -> true), "a close waits for no growth");
        mayEnd.countDown();
        assertEquals(0, grower.result());
        assertEquals(0, source.open());
        assertEquals(0, supply.counts().reservedBytes());
    }

    @Test
    void aSourceThatNeedsANewSlabIsToldSo() {
        SlabSupply[] supply = new SlabSupply[1];
        supply[0] = new SlabSupply(new SlabGeometry(64, 64, 6400, Long.MAX_VALUE), (bytes, alignment) -> {
            supply[0].takeOne();
            return source.allocate(bytes, alignment);
        });
        IllegalStateException refused = assertThrows(IllegalStateException.class, supply[0]::takeOne);
        assertTrue(
                refused.getMessage().startsWith("the memory source of this cache called the cache"),
                refused.getMessage());
        assertEquals(0, source.count());
    }

    @Test
    void theSameMemoryForTwoSlabsThatAreMadeAtTheSameTimeIsRefused() throws Exception {
        CountDownLatch constructing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        MemorySegment memory = source.allocate(6400, 64).segment();
        SlabGeometry geometry = new SlabGeometry(64, 64, 6400, Long.MAX_VALUE);
        SlabSupply supply = new SlabSupply(
                new SlabSpace(geometry, (bytes, alignment) -> source.view(memory)),
                slab -> {},
                Optional.of(segment -> {
                    constructing.countDown();
                    Threads.await(mayEnd);
                }),
                Optional.empty(),
                new Growths(geometry, 0));
        Running<Long> first = Threads.start(supply::takeOne);
        Threads.await(constructing);
        IllegalStateException refused = assertThrows(IllegalStateException.class, supply::takeOne);
        assertTrue(refused.getMessage().contains("overlaps"), refused.getMessage());
        mayEnd.countDown();
        assertNotEquals(0, first.result());
        supply.validate();
    }

    @Test
    void threadsThatGrowTogetherConserveEveryObject() throws Exception {
        SlabSupply supply = supply(5_000, null);
        Addresses found = new Addresses();
        Threads.together(4, number -> {
            long[] mine = new long[37];
            for (int got; (got = supply.refill(mine, 0, mine.length)) > 0; ) {
                int back = got / 3;
                supply.flush(mine, got - back, back);
                found.addAll(mine, got - back);
            }
        });
        // A thread may flush after the others found no objects.
        for (long address; (address = supply.takeOne()) != 0; ) {
            found.add(address);
        }
        found.assertHoldsEachOnce(supply.slabs().stream().flatMapToLong(Slabs::addresses));
        assertEquals(5_000, found.count());
        assertEquals(50, source.count());
    }
}
