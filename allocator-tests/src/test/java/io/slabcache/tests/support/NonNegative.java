package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCacheStats;
import java.lang.reflect.RecordComponent;

/** No component of a snapshot is negative, also when other threads are inside the cache. */
public final class NonNegative {
    private NonNegative() {}

    /** Goes through all components, so that one added later is not forgotten. */
    public static void check(SlabCacheStats stats) {
        for (RecordComponent component : SlabCacheStats.class.getRecordComponents()) {
            if (component.getType() != String.class) {
                assertTrue(value(component, stats) >= 0, () -> component.getName() + " is negative: " + stats);
            }
        }
    }

    private static long value(RecordComponent component, SlabCacheStats stats) {
        try {
            return ((Number) component.getAccessor().invoke(stats)).longValue();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
