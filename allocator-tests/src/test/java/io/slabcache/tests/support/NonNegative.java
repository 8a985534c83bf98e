package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlabCacheStats.Figure;

/** No figure of a snapshot is negative, also when other threads are inside the cache. */
public final class NonNegative {
    private NonNegative() {}

    /** Goes through all figures, so that one added later is not forgotten. */
    public static void check(SlabCacheStats stats) {
        for (Figure figure : Figure.values()) {
            assertTrue(stats.get(figure) >= 0, () -> figure.label() + " is negative: " + stats);
        }
    }
}
