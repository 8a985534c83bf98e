package io.slabcache.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A budget counts each region from the request to its close, whatever source and region do. */
class MemoryBudgetTest {
    private final MemoryBudget budget = MemoryBudget.ofBytes(10_000);

    /** A region whose answers are given. */
    private record Region(MemorySegment segment, long overheadBytes, Runnable end) implements MemoryRegion {
        @Override
        public void close() {
            end.run();
        }
    }

    private static MemorySource of(MemorySegment segment, long overhead) {
        return (bytes, alignment) -> new Region(segment, overhead, () -> {});
    }

    private static MemorySegment segment(long bytes) {
        return Arena.ofAuto().allocate(bytes);
    }

    @Test
    void aRegionCountsWithItsOverheadUntilItIsClosed() {
        MemorySource source = budget.limit(MemorySource.arena());
        MemoryRegion region = source.allocate(1000, 64);
        assertEquals(1000 + 48, budget.usedBytes());
        assertEquals(1000, region.segment().byteSize());
        assertEquals(48, region.overheadBytes());
        assertEquals(1048, budget.usedBytes());
        region.close();
        assertEquals(0, budget.usedBytes());
        assertEquals(10_000, budget.limitBytes());
    }

    @Test
    void theLimitIsReachedExactly() {
        MemorySource source = budget.limit(MemorySource.arena());
        MemoryRegion most = source.allocate(9_000, 16);
        OutOfMemoryError refused = assertThrows(OutOfMemoryError.class, () -> source.allocate(1_001, 16));
        assertTrue(
                refused.getMessage().contains("asked for 1001 bytes, 9000 of at most 10000 are used"),
                refused::toString);
        MemoryRegion rest = source.allocate(1_000, 16);
        assertEquals(10_000, budget.usedBytes());
        most.close();
        rest.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void bytesAreTakenBeforeTheSourceIsAsked() {
        budget.limit((bytes, alignment) -> {
                    assertEquals(700, budget.usedBytes());
                    return MemorySource.arena().allocate(bytes, alignment);
                })
                .allocate(700, 8)
                .close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aSourceThatFailsTakesNothing() {
        MemorySource source = budget.limit((bytes, alignment) -> {
            throw new IllegalStateException("no more");
        });
        assertThrows(IllegalStateException.class, () -> source.allocate(700, 8));
        MemorySource none = budget.limit((bytes, alignment) -> null);
        assertThrows(IllegalStateException.class, () -> none.allocate(700, 8));
        assertEquals(0, budget.usedBytes());
        assertEquals(0, budget.asBufferPool("none").getCount());
    }

    @Test
    void aRegionThatIsLargerCountsAsWhatItIs() {
        MemoryRegion region = budget.limit(of(segment(3000), 500)).allocate(700, 8);
        assertEquals(700, budget.usedBytes());
        region.segment();
        assertEquals(3000, budget.usedBytes());
        region.overheadBytes();
        assertEquals(3500, budget.usedBytes());
        region.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aRegionThatIsSmallerCountsAsWhatItIs() {
        MemoryRegion region = budget.limit(of(segment(100), 0)).allocate(700, 8);
        region.segment();
        assertEquals(700, budget.usedBytes());
        region.overheadBytes();
        assertEquals(100, budget.usedBytes());
        region.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aRegionThatIsTooLargeIsRefusedWhenItTellsItsSize() {
        MemoryRegion large = budget.limit(of(segment(10_001), 0)).allocate(700, 8);
        assertThrows(OutOfMemoryError.class, large::segment);
        assertEquals(700, budget.usedBytes());
        large.close();
        MemoryRegion heavy = budget.limit(of(segment(700), 9_301)).allocate(700, 8);
        heavy.segment();
        assertThrows(OutOfMemoryError.class, heavy::overheadBytes);
        heavy.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aRegionWithoutSegmentOrWithNegativeOverheadIsGivenBack() {
        MemoryRegion none = budget.limit(of(null, -1)).allocate(700, 8);
        assertNull(none.segment());
        assertEquals(-1, none.overheadBytes());
        assertEquals(700, budget.usedBytes());
        none.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void aRegionThatCannotBeClosedStaysCounted() {
        AtomicBoolean isHeld = new AtomicBoolean(true);
        MemorySegment segment = segment(700);
        MemoryRegion region = budget.limit((bytes, alignment) -> new Region(segment, 0, () -> {
                    if (isHeld.get()) {
                        throw new IllegalStateException("held");
                    }
                }))
                .allocate(700, 8);
        assertThrows(IllegalStateException.class, region::close);
        assertEquals(700, budget.usedBytes());
        isHeld.set(false);
        region.close();
        region.close();
        assertEquals(0, budget.usedBytes());
        assertEquals(0, budget.asBufferPool("held").getCount());
    }

    @Test
    void aSourceIsCountedOnceByTheSameBudgetAndByEachOther() {
        MemorySource once = budget.limit(MemorySource.arena());
        assertSame(once, budget.limit(once));
        MemoryBudget small = MemoryBudget.ofBytes(500);
        MemorySource both = small.limit(once);
        assertNotSame(once, both);
        assertSame(both, budget.limit(both));
        MemoryRegion region = both.allocate(400, 8);
        assertEquals(400, budget.usedBytes());
        assertEquals(400, small.usedBytes());
        assertThrows(OutOfMemoryError.class, () -> both.allocate(200, 8));
        MemorySource inner = budget.limit(MemoryBudget.ofBytes(1).limit(MemorySource.arena()));
        assertThrows(OutOfMemoryError.class, () -> inner.allocate(2, 8));
        assertEquals(400, budget.usedBytes());
        region.close();
        assertEquals(0, budget.usedBytes());
        assertEquals(0, small.usedBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aLimitHasToBePositive(long bytes) {
        String message = assertThrows(IllegalArgumentException.class, () -> MemoryBudget.ofBytes(bytes))
                .getMessage();
        assertTrue(message.startsWith("bytes is " + bytes + "; expected 1 or more"), message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.000001, Double.NaN, Double.POSITIVE_INFINITY})
    void aFractionHasToBeUpToOne(double fraction) {
        String message = assertThrows(IllegalArgumentException.class, () -> MemoryBudget.ofMachine(fraction))
                .getMessage();
        assertTrue(message.startsWith("fraction is " + fraction + "; expected more than 0, up to 1"), message);
    }

    @Test
    void theMachineHasAsMuchAsItsBeanSays() {
        com.sun.management.OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        long all = system.getTotalMemorySize();
        assertEquals(all, MemoryBudget.ofMachine(1).limitBytes());
        assertEquals(all / 4.0, MemoryBudget.ofMachine(0.25).limitBytes(), 1);
        assertEquals(1, MemoryBudget.ofMachine(Double.MIN_VALUE).limitBytes());
    }

    @Test
    void thereHasToBeASource() {
        assertEquals(
                "source",
                assertThrows(NullPointerException.class, () -> budget.limit(null))
                        .getMessage());
    }

    @Test
    void aRequestHasToBePositive() {
        MemorySource source = budget.limit(MemorySource.arena());
        assertThrows(IllegalArgumentException.class, () -> source.allocate(0, 8));
        assertThrows(IllegalArgumentException.class, () -> source.allocate(-8, 8));
        assertThrows(IllegalArgumentException.class, () -> source.allocate(8, 3));
        assertThrows(OutOfMemoryError.class, () -> source.allocate(Long.MAX_VALUE, 1 << 20));
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void toolsSeeItAsABufferPool() throws Exception {
        BufferPoolMXBean pool = budget.asBufferPool("slabs, all: *");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = pool.getObjectName();
        MemoryRegion region = budget.limit(MemorySource.arena()).allocate(1000, 16);
        server.registerMBean(pool, name);
        try {
            assertEquals("slabs, all: *", server.getAttribute(name, "Name"));
            assertEquals(1000L, server.getAttribute(name, "MemoryUsed"));
            assertEquals(10_000L, server.getAttribute(name, "TotalCapacity"));
            assertEquals(1L, server.getAttribute(name, "Count"));
            assertInstanceOf(
                    BufferPoolMXBean.class,
                    ManagementFactory.newPlatformMXBeanProxy(server, name.getCanonicalName(), BufferPoolMXBean.class));
        } finally {
            server.unregisterMBean(name);
            region.close();
        }
    }

    @Test
    void itsTextSaysWhatIsUsed() {
        MemoryRegion region = budget.limit(MemorySource.arena()).allocate(1000, 16);
        assertEquals("MemoryBudget[1000 of 10000 bytes used]", budget.toString());
        assertEquals(
                "MemorySource.arena() limited to 10000 bytes",
                budget.limit(MemorySource.arena()).toString());
        region.close();
    }
}
