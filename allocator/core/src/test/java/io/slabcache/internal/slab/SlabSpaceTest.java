package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemoryReservation;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slabs take ranges of a reservation and give them back; nothing is committed twice, lost, or kept. */
class SlabSpaceTest {
    private static final int OBJECTS = 100_000;

    private static SlabSupply supply(FakeReservations source, SlabGeometry geometry) {
        return new SlabSupply(geometry, source);
    }

    private static SlabGeometry bounded(long size, long slabBytes, long objects) {
        return new SlabGeometry(size, 1, slabBytes, objects);
    }

    @ParameterizedTest
    @CsvSource({"64,0", "24,0", "100,0", "1000,0", "64,4096", "4097,0", "24,240", "7,64"})
    void aBoundedSupplyFindsRoomForAllItsObjectsWhateverCameBackBefore(long size, long slabBytes) {
        int objects = (int) Math.min(OBJECTS, (16 << 20) / size);
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply supply = supply(source, bounded(size, slabBytes, objects));
        Random random = new Random(size);
        List<Long> live = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            int wanted = round % 2 == 0 ? objects : random.nextInt(objects);
            while (live.size() < wanted) {
                long address = supply.takeOne();
                assertNotEquals(0, address, "no room for object " + live.size());
                live.add(address);
            }
            if (wanted == objects) {
                assertEquals(0, supply.takeOne(), "the bound");
            }
            supply.validate();
            // Keeps a few neighbours, so that whole slabs come back from between others.
            int from = random.nextInt(live.size() / 2);
            List<Long> freed = live.subList(from, from + live.size() / 2);
            freed.forEach(supply::free);
            freed.clear();
            supply.shrink();
        }
        assertEquals(1, source.made.size());
        assertEquals(0, source.regions.size());
        live.forEach(supply::free);
        assertTrue(supply.closeIf(() -> true));
        assertEquals(1, source.made.getFirst().closes);
        assertEquals(0, supply.reservedBytes().getAsLong());
    }

    @ParameterizedTest
    @CsvSource({"64,0", "24,0", "100,0", "1000,0", "64,4096"})
    void slabsOfWholePagesLeaveNoNumberOut(long size, long slabBytes) {
        int objects = 10_000;
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply supply = supply(source, bounded(size, slabBytes, objects));
        assertEquals(List.of(objects * size), source.asked);
        assertEquals(objects, supply.space().numbered().numbers());
        assertEquals(objects * size, supply.space().numbered().window().byteSize());
        long base = supply.space().numbered().window().address();
        boolean[] seen = new boolean[objects];
        for (int i = 0; i < objects; i++) {
            long offset = supply.takeOne() - base;
            assertEquals(0, offset % size);
            assertEquals(offset / size, supply.geometry().numberAt(offset));
            seen[(int) (offset / size)] = true;
        }
        for (boolean number : seen) {
            assertTrue(number);
        }
        supply.closeIf(() -> true);
    }

    @Test
    void slabsOfUnitsAreFoundByNumber() {
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply units = supply(source, bounded(100, 0, 10_000));
        assertInstanceOf(NumberedIndex.class, units.index());
        units.takeOne();
        assertEquals(0, units.slabs().getFirst().objects() % 4096);
        for (SlabGeometry other :
                List.of(bounded(24, 240, 1000), bounded(64, 0, 100).whole(), bounded(4104, 0, 1000))) {
            SlabSupply supply = supply(source, other);
            assertFalse(supply.index() instanceof NumberedIndex);
            supply.closeIf(() -> true);
        }
        units.closeIf(() -> true);
    }

    @ParameterizedTest
    @CsvSource({"64,0", "100,0", "64,4096"})
    void threadsThatGrowAndShrinkAtOnceStillReachTheBound(long size, long slabBytes) throws InterruptedException {
        int objects = 60_000;
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply supply = supply(source, bounded(size, slabBytes, objects));
        List<Thread> threads = new ArrayList<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((t, e) -> failures.add(e))
                    .start(() -> {
                        for (int round = 0; round < 20; round++) {
                            List<Long> mine = new ArrayList<>();
                            for (long address; mine.size() < objects / 3 && (address = supply.takeOne()) != 0; ) {
                                mine.add(address);
                            }
                            mine.forEach(supply::free);
                            supply.shrink();
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        Set<Long> all = new HashSet<>();
        for (int i = 0; i < objects; i++) {
            assertTrue(all.add(supply.takeOne()), "an object that is live, or none");
        }
        supply.validate();
        assertEquals(1, source.made.size());
        assertEquals(0, source.regions.size());
        supply.closeIf(() -> true);
    }

    @Test
    void pagesOfTwoSlabsDiffer() {
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply supply = supply(source, bounded(24, 240, 1000));
        // The fake refuses to commit a page twice.
        while (supply.takeOne() != 0) {}
        assertEquals(100, supply.counts().slabs());
        assertEquals(100 * 4096, supply.reservedBytes().getAsLong());
        supply.closeIf(() -> true);
    }

    @Test
    void noSlabGetsAddressesWhoseMemoryIsStillBeingGivenBack() {
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply supply = supply(source, bounded(4096, 4096, 3));
        long first = supply.takeOne();
        supply.free(first);
        List<Long> meanwhile = new ArrayList<>();
        source.whileReleasing = () -> {
            source.whileReleasing = () -> {};
            meanwhile.add(supply.takeOne());
            meanwhile.add(supply.takeOne());
        };
        supply.shrink();
        assertFalse(meanwhile.contains(first));
        assertEquals(2, meanwhile.stream().distinct().count());
        assertEquals(first, supply.takeOne(), "the known twin: free addresses are used again, the lowest first");
        supply.closeIf(() -> true);
    }

    @Test
    void afterAFullReservationComesAnother() {
        // All that is refused is halved, down to a GiB.
        FakeReservations source = new FakeReservations(1L << 30);
        source.left = 2;
        SlabSupply supply = supply(source, new SlabGeometry(1 << 20, 1, 256 << 20, Long.MAX_VALUE));
        for (int i = 0; i < 2049; i++) {
            assertNotEquals(0, supply.takeOne());
        }
        assertEquals(2, source.made.size());
        assertEquals(1, source.regions.size(), "then each slab is a region");
        assertEquals(1024, supply.space().numbered().numbers());
        supply.closeIf(() -> true);
        source.made.forEach(reservation -> assertEquals(1, reservation.closes));
        assertFalse(source.regions.getFirst().segment().scope().isAlive());
    }

    @Test
    void aSourceWithoutReservationsIsAskedForRegions() {
        FakeReservations source = new FakeReservations(0);
        SlabSupply supply = supply(source, bounded(64, 0, 100));
        assertFalse(supply.space().isReserved());
        assertNotEquals(0, supply.takeOne());
        assertEquals(1, source.regions.size());
        supply.closeIf(() -> true);
    }

    @Test
    void aFailedCommitLeavesTheAddressesFree() {
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply supply = supply(source, bounded(64, 0, 100));
        source.failure = new OutOfMemoryError("no memory");
        assertThrows(OutOfMemoryError.class, supply::takeOne);
        assertEquals(0, supply.reservedBytes().getAsLong());
        for (int i = 0; i < 100; i++) {
            assertNotEquals(0, supply.takeOne());
        }
        supply.closeIf(() -> true);
        assertEquals(1, source.made.getFirst().closes);
    }

    @Test
    void aBudgetCountsCommittedPages() {
        FakeReservations source = new FakeReservations(1L << 32);
        MemoryBudget budget = MemoryBudget.ofBytes(8192);
        SlabSupply supply = new SlabSupply(bounded(64, 4096, 1000), budget.limit(source));
        assertEquals(0, budget.usedBytes(), "addresses cost nothing");
        source.failure = new OutOfMemoryError("no memory");
        assertThrows(OutOfMemoryError.class, supply::takeOne);
        assertEquals(0, budget.usedBytes());
        long first = supply.takeOne();
        assertEquals(4096, budget.usedBytes());
        for (int i = 1; i < 128; i++) {
            assertNotEquals(0, supply.takeOne());
        }
        assertEquals(8192, budget.usedBytes());
        assertEquals(0, supply.takeOne(), "the budget is spent");
        assertTrue(supply.refusal().contains("8192"), supply::refusal);
        for (int i = 0; i < 64; i++) {
            supply.free(first + 64 * i);
        }
        supply.shrink();
        assertEquals(4096, budget.usedBytes());
        assertTrue(supply.closeIf(() -> true));
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aReservationInUseIsClosedByALaterClose() {
        FakeReservations source = new FakeReservations(1L << 32);
        SlabSupply supply = supply(source, bounded(64, 0, 100));
        supply.takeOne();
        source.made.getFirst().refusals = 1;
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> supply.closeIf(() -> true));
        assertTrue(refused.getMessage().contains("all of its memory is still held"), refused::getMessage);
        assertTrue(supply.closeIf(() -> true));
        assertEquals(1, source.made.getFirst().closes);
        assertTrue(supply.closeIf(() -> true));
        assertEquals(1, source.made.getFirst().closes, "closed once");
    }

    @Test
    void aReservationThatNoSlabUsedIsClosed() {
        FakeReservations source = new FakeReservations(1L << 32);
        assertTrue(supply(source, bounded(64, 0, 100)).closeIf(() -> true));
        assertEquals(1, source.made.getFirst().closes);
    }

    @Test
    void aReservationThatIsNoneIsRefusedAndClosed() {
        int[] closes = new int[1];
        MemorySource source = new MemorySource() {
            @Override
            public Optional<MemoryReservation> reserve(long bytes, long alignment) {
                FakeReservations.Fake good = (FakeReservations.Fake)
                        new FakeReservations(1L << 32).reserve(bytes, alignment).orElseThrow();
                return Optional.of(new MemoryReservation() {
                    @Override
                    public MemorySegment segment() {
                        return good.segment().asReadOnly();
                    }

                    @Override
                    public long pageBytes() {
                        return good.pageBytes();
                    }

                    @Override
                    public void commit(long offset, long bytes) {}

                    @Override
                    public void release(long offset, long bytes) {}

                    @Override
                    public void close() {
                        closes[0]++;
                        good.close();
                    }
                });
            }

            @Override
            public MemoryRegion allocate(long bytes, long alignment) {
                throw new AssertionError("not called");
            }
        };
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> new SlabSupply(bounded(64, 0, 100), source));
        assertTrue(refused.getMessage().contains("returned a reservation of"), refused::getMessage);
        assertEquals(1, closes[0]);
    }
}
