package io.slabcache.bench.memory;

/**
 * The memory at one time.
 *
 * @param millis since the allocator was made
 * @param liveBytes of the objects
 * @param bytes of the process, above those before the allocator was made
 */
public record Reading(long millis, long liveBytes, long bytes) {}
