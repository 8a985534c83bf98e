package io.slabcache.internal.magazine;

import java.util.List;

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
 * @param magazineCapacity objects that a new magazine holds
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
        int magazineCapacity,
        long heapBytes) {
    // Java objects without their arrays, estimated.
    private static final long MAGAZINE_BYTES = 40;
    private static final long THREAD_CACHE_BYTES = 320;

    static MagazineCounts of(List<ThreadCache> caches, long retiredFrees, DepotCounts inDepot) {
        long cached = 0;
        long frees = retiredFrees;
        long places = inDepot.places();
        int withMagazines = 0;
        for (ThreadCache cache : caches) {
            cached += cache.cached();
            frees += cache.frees();
            places += cache.places();
            withMagazines += cache.capacity() > 0 ? 1 : 0;
        }
        int magazines = inDepot.full() + inDepot.empty() + 2 * withMagazines;
        return new MagazineCounts(
                cached,
                inDepot.objects(),
                frees,
                inDepot.gets(),
                inDepot.puts(),
                inDepot.contendedLocks(),
                withMagazines,
                inDepot.magazineCapacity(),
                places * Long.BYTES + magazines * MAGAZINE_BYTES + withMagazines * THREAD_CACHE_BYTES);
    }
}
