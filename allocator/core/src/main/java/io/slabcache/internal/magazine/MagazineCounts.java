package io.slabcache.internal.magazine;

import java.util.List;

/**
 * Counts of the magazine layer.
 *
 * @param cachedByThreads objects in magazines of threads and stripes
 * @param cachedInDepot objects in full magazines of the depot
 * @param frees objects freed into magazines
 * @param depotGets full magazines that the depot gave out
 * @param depotPuts full magazines that the depot took in
 * @param contendedLocks acquisitions of the depot's lock that had to wait
 * @param threadCaches caches of threads and stripes that have magazines
 * @param magazineCapacity objects that a new magazine holds
 * @param heapBytes estimate of the layer's Java heap
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
    // Heap objects with their array headers but without array elements, for 4-byte references.
    private static final long MAGAZINE_BYTES = 40;
    private static final long THREAD_CACHE_BYTES = 496;
    private static final long ARRAY_BYTES = 16;

    static MagazineCounts of(List<ThreadCache> caches, long tablesBytes, long retiredFrees, DepotCounts inDepot) {
        long cached = 0;
        long frees = retiredFrees;
        long heapBytes =
                tablesBytes + inDepot.places() * Long.BYTES + (inDepot.full() + inDepot.empty()) * MAGAZINE_BYTES;
        int withMagazines = 0;
        for (ThreadCache cache : caches) {
            cached += cache.cached();
            frees += cache.frees();
            heapBytes += heapBytes(cache);
            withMagazines += cache.capacity() > 0 ? 1 : 0;
        }
        return new MagazineCounts(
                cached,
                inDepot.objects(),
                frees,
                inDepot.gets(),
                inDepot.puts(),
                inDepot.contendedLocks(),
                withMagazines,
                inDepot.magazineCapacity(),
                heapBytes);
    }

    /** The heap of one cache; recent, because the owner may be changing it. */
    private static long heapBytes(ThreadCache cache) {
        long[] scratch = cache.scratch;
        long scratchBytes = scratch == null ? 0 : ARRAY_BYTES + (long) scratch.length * Long.BYTES;
        long magazines = cache.capacity() == 0 ? 0 : 2 * MAGAZINE_BYTES + (long) cache.places() * Long.BYTES;
        return THREAD_CACHE_BYTES + magazines + scratchBytes;
    }
}
