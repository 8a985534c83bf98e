package io.slabcache.internal.debug;

/**
 * Counts of the debug layer, read at one moment.
 *
 * @param frees objects freed
 * @param quarantined freed objects that wait in the quarantine
 * @param contendedLocks acquisitions of the layer's lock that had to wait
 * @param heapBytes estimate of the layer's Java heap
 */
public record DebugCounts(long frees, long quarantined, long contendedLocks, long heapBytes) {}
