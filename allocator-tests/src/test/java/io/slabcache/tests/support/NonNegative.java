package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCacheStats;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** No figure of a snapshot is negative, also when other threads are inside the cache. */
public final class NonNegative {
    private static final List<Method> FIGURES = Arrays.stream(SlabCacheStats.class.getDeclaredMethods())
            .filter(method -> method.accessFlags().contains(AccessFlag.PUBLIC))
            .filter(method -> method.getReturnType().isPrimitive())
            .toList();

    private NonNegative() {}

    /** Goes through all accessors, so that one added later is not forgotten. */
    public static void check(SlabCacheStats stats) {
        for (Method figure : FIGURES) {
            assertTrue(value(figure, stats) >= 0, () -> figure.getName() + " is negative: " + stats);
        }
    }

    private static long value(Method figure, SlabCacheStats stats) {
        try {
            return ((Number) figure.invoke(stats)).longValue();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
