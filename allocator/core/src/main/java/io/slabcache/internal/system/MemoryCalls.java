package io.slabcache.internal.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The calls of Linux that a mapping needs. Each returns 0 or more if it succeeded, and the negative error number if it
 * failed. Tests put failures in between.
 */
public interface MemoryCalls {
    /**
     * Calls {@code mmap} for private memory without a file.
     *
     * @param address where, with {@link LinuxConstants#MAP_FIXED}; otherwise 0
     * @param bytes multiple of the page size
     * @param protection of the pages
     * @param flags besides {@code MAP_PRIVATE} and {@code MAP_ANONYMOUS}
     * @return the address
     */
    long map(long address, long bytes, int protection, int flags);

    /** {@return the result of {@code mprotect}; if it fails, the memory is as it was} */
    long protect(long address, long bytes, int protection);

    /** {@return the result of {@code munmap}} */
    long unmap(long address, long bytes);

    /** {@return the result of {@code madvise}} */
    long advise(long address, long bytes, int advice);

    /** {@return the result of {@code mlock}} */
    long lock(long address, long bytes);

    /** {@return the result of {@code munlock}} */
    long unlock(long address, long bytes);

    /**
     * Calls {@code mbind} for one node, by its number because the C library does not have it.
     *
     * @return its result
     */
    long bind(long address, long bytes, int mode, int node);

    /**
     * Calls {@code prctl} to give the memory a name.
     *
     * @return its result
     */
    long name(long address, long bytes, String name);

    /** {@return the bytes of a page} */
    long pageBytes();

    /**
     * Makes a segment of mapped memory.
     *
     * @param address of the first byte
     * @param bytes how many
     * @param arena its end ends the segment
     * @param release run once, when the arena ends
     * @return the segment
     */
    MemorySegment view(long address, long bytes, Arena arena, Runnable release);
}
