package io.slabcache.tests.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Memory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** What tests of guarded objects share: a cache that guards whatever it may, memory to spoil, a listener, the log. */
abstract class GuardContract {
    static final String PROPERTY = "slabcache.guard";
    static final long SIZE = 40;

    /** So many guarded objects there are, if they are small. */
    static final int SLOTS = 64;

    final Memory memory = new Memory();
    final List<MisuseReport> reports = new CopyOnWriteArrayList<>();
    final LogCapture log = new LogCapture();
    SlabCache cache;

    SlabCacheBuilder builder() {
        return SlabCache.builder("guarded", SIZE).memory(memory).onReport(reports::add);
    }

    SlabCache open() {
        cache = builder().guardedSampling(1).build();
        return cache;
    }

    @AfterEach
    void close() {
        System.clearProperty(PROPERTY);
        log.close();
        if (cache != null) {
            Healthy.checkNothingLive(cache);
            assertEquals(reports.size(), cache.stats().misuses());
            cache.close();
        }
    }
}
