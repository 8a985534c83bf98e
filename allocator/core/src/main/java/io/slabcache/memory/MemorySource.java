package io.slabcache.memory;

import java.util.Optional;

/**
 * Where a cache gets the memory for its slabs. Implement it to place slabs in huge pages, or in a mapped
 * file. A {@link MemoryBudget} puts several sources under one limit. One method is enough; {@link #reserve} is for sources that
 * can give all slabs of a cache one range of addresses.
 *
 * <pre>{@code
 * MemorySource counted = (bytes, alignment) -> {
 *     total.addAndGet(bytes);
 *     return MemorySource.arena().allocate(bytes, alignment);
 * };
 * SlabCache.builder("orders", 128).memory(counted).build();
 * }</pre>
 *
 * <p>Threads: a cache calls {@link #allocate} on the thread that ran out of objects, that reserves some, or that works for
 * its {@linkplain io.slabcache.SlabCacheBuilder#growAhead keeper}, and holds no lock meanwhile. So a
 * source may wait, and may call {@code shrink()}, {@code flush()} and {@code stats()} of any cache, including the
 * calling one. It must not close the calling cache, nor allocate from it when that needs another region: both throw
 * {@link IllegalStateException}. A cache usually makes one call at a time. Expect concurrent calls nevertheless: a
 * thread that has waited long for another thread's region asks for its own, and several caches may share a source.
 */
@FunctionalInterface
public interface MemorySource {
    /**
     * Hands out one region for one slab.
     *
     * @param bytes how many bytes are needed, more than 0; a region may be larger, but the rest is not used
     * @param alignment power of two; the address of the first byte has to be a multiple of it
     * @return a region that overlaps no other live region
     * @throws OutOfMemoryError if there is no memory; the cache is unchanged, and its caller gets the error
     */
    MemoryRegion allocate(long bytes, long alignment);

    /**
     * Reserves one contiguous range of addresses for all slabs of a cache, or of many of its slabs. A cache calls this when
     * it is built, and again when the range is full; then it commits ranges of the reservation, and does not call {@link
     * #allocate}. By default there are no reservations, and each slab is a region.
     *
     * @param bytes of addresses, more than 0
     * @param alignment power of two; the address of the first byte has to be a multiple of it
     * @return a reservation that overlaps no other live memory; or nothing, if the source has none, or too few addresses
     */
    default Optional<MemoryReservation> reserve(long bytes, long alignment) {
        return Optional.empty();
    }

    /**
     * Returns what a region will take, before it is made: segment and {@linkplain MemoryRegion#overheadBytes()
     * overhead}. A {@link MemoryBudget} asks, so that it need not make regions that do not fit. By default the bytes
     * asked for.
     *
     * @param bytes as for {@link #allocate}
     * @param alignment as for {@link #allocate}
     * @return bytes, an estimate; more than 0
     */
    default long regionBytes(long bytes, long alignment) {
        return bytes;
    }

    /**
     * Returns the portable source, which needs no JVM flag: one shared {@link java.lang.foreign.Arena} per region, so
     * that each region can be returned alone. The memory is zeroed, hence committed, when it is allocated. No flag of
     * the JVM bounds it: {@code -XX:MaxDirectMemorySize} counts the buffers of {@code ByteBuffer.allocateDirect} but no
     * memory of arenas. Bound it with {@link io.slabcache.SlabCacheBuilder#maxObjects}, {@link
     * io.slabcache.SlabCacheBuilder#maxBytes} or, for several caches together, a {@link MemoryBudget}.
     *
     * @return a source without state; all of them are equal
     */
    static MemorySource arena() {
        /** The portable source. */
        record Arenas() implements MemorySource {
            @Override
            public MemoryRegion allocate(long bytes, long alignment) {
                return ArenaMemory.allocate(bytes, alignment);
            }

            @Override
            public long regionBytes(long bytes, long alignment) {
                return ArenaMemory.regionBytes(bytes, alignment);
            }

            @Override
            public String toString() {
                return "MemorySource.arena()";
            }
        }
        return new Arenas();
    }
}
