package io.slabcache.tests.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Collector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Common parts of the tests that look for leaks in an allocator of all sizes: the property and a listener. */
abstract class AllocatorLeakContract {
    final List<MisuseReport> reports = new CopyOnWriteArrayList<>();
    SlabAllocator allocator;

    void open(String property) {
        System.setProperty(LeakContract.PROPERTY, property);
        allocator = SlabAllocator.builder("leaky").onReport(reports::add).build();
    }

    @AfterEach
    void close() {
        System.clearProperty(LeakContract.PROPERTY);
        allocator.closeNow();
    }

    /** Asserts that no leak is reported, after several collections. */
    void assertNoLeak() {
        for (int i = 0; i < 3; i++) {
            Collector.collectAll(1);
            allocator.shrink();
        }
        assertEquals(List.of(), reports.stream().map(MisuseReport::text).toList());
        assertEquals(0, allocator.stats().leaks());
    }
}
