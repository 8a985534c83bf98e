package io.slabcache.tests.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Collector;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Small objects of a larger class, because of their alignment, are watched as others are, and freed by their size. */
class AlignedLeakTest extends AllocatorLeakContract {
    private static final long SIZE = 40;
    private static final long ALIGNMENT = 1_024;

    private long leak() {
        return allocator.allocate(SIZE, ALIGNMENT).address();
    }

    @Test
    void aDroppedSegmentIsReportedWithItsPlace() {
        open("1/1,0");
        long address = leak();
        Collector.collectUntil(() -> {
            allocator.shrink();
            return allocator.stats().leaks() > 0;
        });
        MisuseReport report = reports.getFirst();
        assertEquals(MisuseReport.Kind.LEAK, report.kind());
        assertEquals(address, report.object());
        assertTrue(report.text().contains("AlignedLeakTest.leak"), report::text);
    }

    @Test
    void anObjectThatWasFreedIsNoLeak() {
        open("1/1,0");
        long address = leak();
        allocator.freeAddress(address);
        // No watch is on this allocation of the same object.
        assertEquals(address, allocator.allocateAddress(SIZE, ALIGNMENT));
        allocator.free(allocator.allocate(SIZE, ALIGNMENT));
        assertNoLeak();
    }

    @Test
    void aWatchedSegmentIsFreedByItsSize() {
        open("1/1,0");
        for (int i = 0; i < 3; i++) {
            MemorySegment object = allocator.allocate(SIZE, ALIGNMENT);
            allocator.free(object);
            assertThrows(InvalidFreeException.class, () -> allocator.free(object));
            MemorySegment whole = allocator.allocate(ALIGNMENT);
            assertThrows(InvalidFreeException.class, () -> allocator.free(whole.asSlice(0, SIZE)));
            allocator.free(whole);
        }
        assertEquals(0, allocator.stats().liveObjects());
    }
}
