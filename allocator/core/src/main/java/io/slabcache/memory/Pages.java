package io.slabcache.memory;

/**
 * Which pages {@link MappedMemory} uses. Larger pages make random access to much memory faster, because the processor
 * finds the address of a page in a small table.
 *
 * <pre>{@code
 * MemorySource memory = MappedMemory.builder().pages(Pages.TRANSPARENT_HUGE).build();
 * SlabCache.builder("orders", 128).slabBytes(32 << 20).memory(memory).build();
 * }</pre>
 */
public enum Pages {
    /** The system's usual pages, 4 KiB on x86-64. */
    BASE,

    /**
     * Usual pages that the system may replace by huge ones, of 2 MiB on x86-64, if it has some. No preparation is needed
     * on most systems: {@code /sys/kernel/mm/transparent_hugepage/enabled} has to say {@code madvise} or {@code always}.
     * Only regions of at least one huge page profit.
     */
    TRANSPARENT_HUGE,

    /**
     * Pages of 2 MiB from the pool that the administrator sets up with {@code sysctl vm.nr_hugepages=…}. They are set
     * aside when a region is made, so a touch never fails, and they are never swapped out. Each region is rounded up to
     * 2 MiB: choose {@link io.slabcache.SlabCacheBuilder#slabBytes} as a multiple of it. The pages may be on another
     * NUMA node than a strict source wants; {@code preTouch(true)} makes that an exception instead of an {@link
     * InternalError} at the first touch.
     */
    HUGE_2M
}
