package io.slabcache.diagnostics;

import java.time.Instant;
import java.util.List;

/**
 * One recorded allocation or free of an object, in a cache with {@link Debug#TRACKING}.
 *
 * <pre>{@code
 * builder.onReport(report -> report.freed().ifPresent(freed -> log.warn("freed by {}", freed.thread())));
 * }</pre>
 *
 * @param thread name of the thread, empty if it has none
 * @param threadId its number
 * @param time of the call
 * @param stack of the call, from the caller of the cache on, up to 16 frames
 */
public record ObjectTrack(String thread, long threadId, Instant time, List<StackTraceElement> stack) {
    /** Copies the stack. */
    public ObjectTrack {
        stack = List.copyOf(stack);
    }
}
