package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.diagnostics.SlabCacheStats.Figure;

/** Checks that no figure of a snapshot is negative, even while other threads are inside the cache. */
public final class NonNegative {
    private NonNegative() {}

    /** Goes through all figures, so that it includes figures added later. */
    public static void check(SlabCacheStats stats) {
        for (Figure figure : Figure.values()) {
            assertTrue(stats.get(figure) >= 0, () -> figure.label() + " is negative: " + stats);
        }
    }
}
