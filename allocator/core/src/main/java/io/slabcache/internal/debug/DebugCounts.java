package io.slabcache.internal.debug;

/**
 * What the layer counts, read at one moment.
 *
 * @param frees objects freed
 * @param quarantined of those, the ones that wait
 * @param contendedLocks acquisitions of its lock that had to wait
 * @param heapBytes estimate of the Java heap that it takes
 */
public record DebugCounts(long frees, long quarantined, long contendedLocks, long heapBytes) {}
