package io.slabcache.memory;

import java.lang.foreign.Arena;

/**
 * Where a cache gets the memory for its slabs. Implement it to place slabs in huge pages, in a mapped file, or under a
 * limit shared by several caches.
 *
 * <p>Threads: a cache calls {@link #allocate} from whichever thread ran out of objects, one call at a time per cache,
 * while holding no lock that an allocation from a magazine, or any free, could need. A source shared by caches is
 * called by several threads at once.
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
     * The portable source: one shared {@link Arena} per region, so that each region can be given back by itself. Needs
     * no JVM flag. The memory is zeroed, hence committed, when it is allocated. No flag of the JVM bounds it:
     * {@code -XX:MaxDirectMemorySize} counts the buffers of {@code ByteBuffer.allocateDirect} and no memory of arenas. Bound
     * it with {@link io.slabcache.SlabCacheBuilder#maxObjects} or {@link io.slabcache.SlabCacheBuilder#maxBytes}.
     *
     * @return a source without state
     */
    static MemorySource arena() {
        return (bytes, alignment) -> {
            Arena arena = Arena.ofShared();
            try {
                return MemoryRegion.of(arena, arena.allocate(bytes, alignment));
            } catch (Throwable e) {
                arena.close();
                throw e;
            }
        };
    }
}
