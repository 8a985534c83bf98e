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

/**
 * Common parts of the tests of guarded objects: a cache that guards as many as possible, memory to corrupt, a listener,
 * the log.
 */
abstract class GuardContract {
    static final String PROPERTY = "slabcache.guard";
    static final long SIZE = 40;

    /** The number of guarded objects, if they are small. */
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
