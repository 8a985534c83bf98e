package io.slabcache.diagnostics;

import java.time.Duration;
import java.util.List;

/**
 * The objects that one place in a program allocated and that are still live, or freed and that are still free. See
 * {@link io.slabcache.SlabCache#allocTraces()} and {@link io.slabcache.SlabCache#freeTraces()}.
 *
 * <pre>{@code
 * for (ObjectTrace trace : cache.allocTraces()) {
 *     log.info("{} live objects from {}", trace.count(), trace.stack().getFirst());
 * }
 * }</pre>
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
