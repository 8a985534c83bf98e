package io.slabcache.internal.magazine;

/**
 * What the magazine layer counts.
 *
 * @param cachedByThreads objects in magazines of threads and stripes
 * @param cachedInDepot objects in full magazines of the depot
 * @param frees objects freed into magazines
 * @param depotGets full magazines that the depot gave out
 * @param depotPuts full magazines that the depot took in
 * @param contendedLocks acquisitions of the depot's lock that had to wait
 * @param threadCaches caches of threads and stripes that have magazines
 * @param heapBytes estimate of the Java heap that magazines take
 */
public record MagazineCounts(
        long cachedByThreads,
        long cachedInDepot,
        long frees,
        long depotGets,
        long depotPuts,
        long contendedLocks,
        int threadCaches,
        long heapBytes) {}
