package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.SlabCacheStats;
import java.util.List;

/** What must hold for any cache in which no thread runs, whatever was done to it before. */
public final class Healthy {
    private Healthy() {}

    /** Fails unless the validation finds nothing wrong and counts the same as the statistics. */
    public static void check(SlabCache cache) {
        check(cache.validate(), cache.stats());
    }

    /**
     * Like {@link #check(SlabCache)}, for a cache in which calls overflowed the stack: these may leave unreachable
     * objects behind.
     */
    public static void checkDespiteLosses(SlabCache cache) {
        CacheValidation walked = cache.validate();
        List<String> findings = walked.findings().stream()
                .filter(finding -> !finding.contains("not marked live"))
                .toList();
        assertEquals(List.of(), findings);
        checkCounts(walked, cache.stats());
    }

    /** Like {@link #check(SlabCache)}, for a validation and a snapshot from the same moment. */
    public static void check(CacheValidation walked, SlabCacheStats counted) {
        assertEquals(List.of(), walked.findings());
        assertTrue(walked.isClean());
        checkCounts(walked, counted);
    }

    private static void checkCounts(CacheValidation walked, SlabCacheStats counted) {
        assertAll(
                () -> assertEquals(walked.liveObjects(), counted.liveObjects(), "live objects"),
                () -> assertEquals(walked.cachedObjects(), counted.cachedObjects(), "cached objects"),
                () -> assertEquals(
                        walked.liveObjects() + walked.cachedObjects() + walked.freeObjects(),
                        counted.totalObjects(),
                        "total objects"),
                () -> assertEquals(counted.frees() + counted.liveObjects(), counted.allocations(), "allocations"),
                () -> assertTrue(counted.totalObjects() <= counted.maxObjects(), "beyond the bound: " + counted),
                () -> assertTrue(
                        counted.reservedBytes() >= counted.totalObjects() * counted.stride(),
                        "fewer bytes than objects: " + counted));
        NonNegative.check(counted);
    }

    /** Fails unless the cache is healthy and has no live object. */
    public static void checkNothingLive(SlabCache cache) {
        check(cache);
        assertEquals(0, cache.stats().liveObjects(), "live objects");
    }
}
