package io.slabcache.tests.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Collector;
import io.slabcache.tests.support.LogCapture;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Common parts of the tests of leak detection: the property, a listener, the log. */
abstract class LeakContract {
    static final String PROPERTY = "slabcache.leaks";
    static final long SIZE = 40;

    final List<MisuseReport> reports = new CopyOnWriteArrayList<>();
    final LogCapture log = new LogCapture();
    SlabCache cache;

    static SlabCacheBuilder builder(String property, String name) {
        System.setProperty(PROPERTY, property);
        return SlabCache.builder(name, SIZE);
    }

    SlabCache open(String property) {
        cache = builder(property, "leaky").onReport(reports::add).build();
        return cache;
    }

    @AfterEach
    void close() {
        System.clearProperty(PROPERTY);
        log.close();
        if (cache != null) {
            cache.closeNow();
        }
    }

    /** Collects until that many leaks were counted; each attempt takes the slow path once. */
    void awaitLeaks(long count) {
        Collector.collectUntil(() -> {
            cache.shrink();
            return cache.stats().leaks() >= count;
        });
        assertEquals(count, cache.stats().leaks());
    }

    /** Asserts that no leak is reported, after several collections. */
    void assertNoLeak() {
        for (int i = 0; i < 3; i++) {
            Collector.collectAll(1);
            cache.shrink();
        }
        assertEquals(List.of(), reports.stream().map(MisuseReport::text).toList());
        assertEquals(0, cache.stats().leaks());
    }
}
