package io.slabcache.memory;

/**
 * Where a cache gets the memory for its slabs. Implement it to place slabs in huge pages, in a mapped file, or under a
 * limit shared by several caches.
 *
 * <p>Threads: a cache calls {@link #allocate} from the thread that ran out of objects. It holds no lock meanwhile, so a
 * source may wait, and may call {@code shrink()}, {@code flush()} and {@code stats()} of any cache, also of the one that
 * asks. It may not close that cache, and not allocate from it what needs another region: both are refused with an
 * {@link IllegalStateException}. Usually there is one call at a time per cache; but a source must expect several, because a
 * thread that has waited long for the region of another one asks for one itself. A source shared by caches is called by
 * several threads in any case.
 */
@FunctionalInterface
public interface MemorySource {
    /**
     * Hands out one region for one slab.
     *
     * @param bytes how many bytes are needed, more than 0; the region may be larger but only this much is used
     * @param alignment power of two that the address of the first byte has to be a multiple of
     * @return a region that overlaps no other live region
     * @throws OutOfMemoryError if there is no memory; the cache stays as it was and the caller of the allocation gets
     *     the error
     */
    MemoryRegion allocate(long bytes, long alignment);

    /**
     * The portable source: one shared {@link java.lang.foreign.Arena} per region, so that each region can be given back by itself. Needs
     * no JVM flag. The memory is zeroed, hence committed, when it is allocated. No flag of the JVM bounds it:
     * {@code -XX:MaxDirectMemorySize} counts the buffers of {@code ByteBuffer.allocateDirect} and no memory of arenas. Bound
     * it with {@link io.slabcache.SlabCacheBuilder#maxObjects} or {@link io.slabcache.SlabCacheBuilder#maxBytes}.
     *
     * @return a source without state
     */
    static MemorySource arena() {
        return ArenaMemory::allocate;
    }
}
