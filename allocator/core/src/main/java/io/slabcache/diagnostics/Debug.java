package io.slabcache.diagnostics;

/**
 * Ways to debug a cache. Each has the letter of its counterpart in the Linux kernel's {@code slab_debug}. Chosen by
 * {@link io.slabcache.SlabCacheBuilder#debug} or, without a change of code, by {@code -Dslabcache.debug=}.
 *
 * <pre>{@code
 * SlabCache.builder("orders", 128).debug(Debug.REDZONES, Debug.POISON, Debug.TRACKING).build();
 * }</pre>
 *
 * <p>A debugged cache has no magazines: each call takes a lock and costs a microsecond or more. Whatever its {@link
 * Checks}, it keeps an exact account of every object: of two frees of one object at the same moment, one succeeds and
 * the other is reported.
 *
 * <p>Threads that call a debugged cache need a stack of at least 256 KiB: with less than about 128 KiB left, a call
 * throws {@link StackOverflowError} and does nothing. {@link OutOfMemoryError} leaves the object where it was as well,
 * with one exception: a free that finds damage and has no heap to describe it throws the error after the free is done.
 */
public enum Debug {
    /** Compares the slab's free map with the account of the object, at each allocation and free. */
    SANITY('F'),

    /**
     * Adds zones of at least 16 bytes, filled with 0xcc, before and behind each object. A write to a zone is found at
     * the free of the object and by {@link io.slabcache.SlabCache#validate()}. The zones enlarge the stride.
     */
    REDZONES('Z'),

    /**
     * Fills free objects with 0x6b, and 0xa5 as the last byte. A write after free is found at the object's next
     * allocation and by {@link io.slabcache.SlabCache#validate()}. The last 256 freed objects, at most 1 MiB of them,
     * wait before reuse, unless the bound is reached. In a cache with a constructor objects wait too, but keep their
     * contents.
     */
    POISON('P'),

    /**
     * Records thread, time and stack of each object's last allocation and free, for reports and for counts by stack.
     */
    TRACKING('U'),

    /** Logs every allocation and free. */
    TRACE('T'),

    /**
     * Fails allocations, as {@link io.slabcache.SlabCacheBuilder#faults} or {@code -Dslabcache.debug.faults=} says.
     */
    FAULTS('A');

    private final char letter;

    Debug(char letter) {
        this.letter = letter;
    }

    /**
     * Returns the letter for this way in the system property, which accepts lower case too.
     *
     * @return a capital
     */
    public char letter() {
        return letter;
    }
}
