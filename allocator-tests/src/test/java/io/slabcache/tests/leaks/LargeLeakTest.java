package io.slabcache.tests.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Collector;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Large objects of an allocator whose segments were dropped are reported once for each place, and no others. */
class LargeLeakTest extends AllocatorLeakContract {
    private static final long LARGE = 100_000;

    private void awaitLeaks(long count) {
        Collector.collectUntil(() -> {
            allocator.shrink();
            return allocator.stats().leaks() >= count;
        });
        assertEquals(count, allocator.stats().leaks());
    }

    private void leak() {
        allocator.allocate(LARGE);
    }

    @Test
    void aDroppedSegmentIsReportedWithItsPlace() {
        open("1,0");
        leak();
        awaitLeaks(1);
        MisuseReport report = reports.getFirst();
        assertEquals(MisuseReport.Kind.LEAK, report.kind());
        assertTrue(report.text().contains("the object of 100000 bytes at 0x"), report::text);
        assertTrue(report.text().contains("LargeLeakTest.leak"), report::text);
        assertTrue(report.text().contains("leaky/large"), report::text);
        assertEquals(1, allocator.stats().largeObjects());
    }

    @Test
    void furtherLeaksOfAPlaceAreCounted() {
        open("1,0");
        for (int i = 0; i < 5; i++) {
            leak();
        }
        awaitLeaks(5);
        assertEquals(1, reports.size());
    }

    @Test
    void theNextLargeAllocationReports() {
        open("1,0");
        leak();
        Collector.collectUntil(() -> {
            allocator.free(allocator.allocate(LARGE));
            return !reports.isEmpty();
        });
    }

    @Test
    void aSegmentInUseOrFreedIsNoLeak() {
        open("1,0");
        MemorySegment kept = allocator.allocate(LARGE);
        allocator.free(allocator.allocate(LARGE));
        long address = allocator.allocate(LARGE).address();
        allocator.freeAddress(address);
        assertNoLeak();
        kept.fill((byte) 1);
        allocator.free(kept);
    }

    @Test
    void anAddressIsNoLeak() {
        open("1,0");
        long address = allocator.allocateAddress(LARGE);
        assertNoLeak();
        allocator.freeAddress(address);
    }

    @Test
    void aDroppedSegmentHasTimeToBeFreedByItsAddress() {
        open("1,60");
        long address = allocator.allocate(LARGE).address();
        assertNoLeak();
        allocator.freeAddress(address);
    }

    @Test
    void nothingIsWatchedUnlessAsked() {
        open("off");
        leak();
        assertNoLeak();
    }
}
