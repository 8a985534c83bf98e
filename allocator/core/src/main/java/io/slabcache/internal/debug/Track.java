package io.slabcache.internal.debug;

import java.time.Instant;
import java.util.List;

/**
 * Who did something to an object, and when.
 *
 * @param thread its name, empty if it has none
 * @param threadId its number
 * @param time of the call
 * @param stack of the call, from the caller of this library on
 */
public record Track(String thread, long threadId, Instant time, List<StackTraceElement> stack) {}
