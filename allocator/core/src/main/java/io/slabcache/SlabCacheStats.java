package io.slabcache;

/**
 * What a cache holds and has done, at one moment. Exact when no thread is inside the cache; otherwise each number is
 * recent and none is torn or negative.
 *
 * <p>{@code totalObjects == liveObjects + cachedObjects + }those free in slabs, and
 * {@code allocations == frees + liveObjects}.
 *
 * @param name of the cache
 * @param objectSize bytes per object
 * @param stride bytes from one object to the next
 * @param liveObjects handed out and not yet freed
 * @param cachedObjects free, in magazines of threads or of the depot, or in the quarantine of a debugged cache
 * @param totalObjects objects of all slabs
 * @param maxObjects the bound, or {@link Long#MAX_VALUE}
 * @param slabs number of slabs
 * @param reservedBytes off-heap bytes of the slabs' regions
 * @param committedBytes of those, the ones backed by memory; all of them, for the portable memory source
 * @param heapBytes estimate of the Java heap taken to manage the objects
 * @param allocations objects handed out so far
 * @param frees objects taken back so far
 * @param refills moves of many objects from the slab lists to a magazine
 * @param flushes moves of many objects from a magazine to the slab lists
 * @param depotGets full magazines that threads got from the depot
 * @param depotPuts full magazines that threads gave to the depot
 * @param contendedLocks times a thread had to wait for the lock of the depot or the slab lists
 * @param exhaustions allocations refused at the bound
 * @param misuses calls refused because they broke the contract, and damage found in a debugged cache
 * @param leaks objects found that nobody can free any more, with {@code -Dslabcache.leaks=}
 * @param threadCaches threads, and stripes of virtual threads, that have magazines
 * @param magazineCapacity objects that a new magazine holds: what the builder said, else what need has made of it
 */
public record SlabCacheStats(
        String name,
        long objectSize,
        long stride,
        long liveObjects,
        long cachedObjects,
        long totalObjects,
        long maxObjects,
        int slabs,
        long reservedBytes,
        long committedBytes,
        long heapBytes,
        long allocations,
        long frees,
        long refills,
        long flushes,
        long depotGets,
        long depotPuts,
        long contendedLocks,
        long exhaustions,
        long misuses,
        long leaks,
        int threadCaches,
        int magazineCapacity) {}
