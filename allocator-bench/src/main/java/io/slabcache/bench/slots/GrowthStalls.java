package io.slabcache.bench.slots;

/**
 * The calls of threads that had to make memory themselves.
 *
 * @param count of calls
 * @param longestNanos of the longest one
 */
public record GrowthStalls(long count, long longestNanos) {}
