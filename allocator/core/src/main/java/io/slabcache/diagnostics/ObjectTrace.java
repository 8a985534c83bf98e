package io.slabcache.diagnostics;

import java.time.Duration;
import java.util.List;

/**
 * What one place in a program has allocated and not freed, or freed and nobody has allocated since; see
 * {@link io.slabcache.SlabCache#allocTraces()} and {@link io.slabcache.SlabCache#freeTraces()}.
 *
 * @param count of objects
 * @param bytes of these objects
 * @param minAge time since the last of the calls
 * @param averageAge mean time since the calls
 * @param maxAge time since the first of the calls
 * @param stack of the calls, from the caller of the cache on, up to 16 frames
 */
public record ObjectTrace(
        long count, long bytes, Duration minAge, Duration averageAge, Duration maxAge, List<StackTraceElement> stack) {
    /** Copies the stack. */
    public ObjectTrace {
        stack = List.copyOf(stack);
    }
}
