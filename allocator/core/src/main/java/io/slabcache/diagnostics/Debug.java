package io.slabcache.diagnostics;

/**
 * Ways to debug a cache, each with the letter that it has in the Linux kernel's {@code slab_debug}. Chosen by
 * {@link io.slabcache.SlabCacheBuilder#debug} or, without touching code, by {@code -Dslabcache.debug=}.
 *
 * <p>A debugged cache has no magazines: each call goes through a lock and costs a microsecond or more. It keeps exact
 * account of every object, whichever way is chosen and whatever its {@link Checks} are: of two threads that free one
 * object at the same moment one succeeds and the other is reported.
 *
 * <p>Threads that call a debugged cache need a stack of 256 KiB or more: a call throws {@link StackOverflowError}, and has
 * done nothing, if less than about 128 KiB are left. {@link OutOfMemoryError} leaves the object where it was, too; only where
 * a free has found damage that the heap has no room to describe, it comes after the object was taken back.
 */
public enum Debug {
    /** At each allocation and free, the slab's free map is compared with the account of the object. */
    SANITY('F'),

    /**
     * Zones of at least 16 bytes, filled with 0xcc, before and behind each object; a write there is found at the free of
     * the object, and by {@link io.slabcache.SlabCache#validate()}. Takes memory, and makes the stride larger.
     */
    REDZONES('Z'),

    /**
     * Free objects are filled with 0x6b, and 0xa5 at the end; a write after free is found at the next allocation of the
     * object, and by {@link io.slabcache.SlabCache#validate()}. The last 256 freed objects, or 1 MiB of them, wait before they are
     * used again, unless the bound is reached. In a cache with a constructor objects wait, but keep their contents.
     */
    POISON('P'),

    /** Thread, time and stack of each object's last allocation and free: in each report, and counted by stack. */
    TRACKING('U'),

    /** Every allocation and free is logged. */
    TRACE('T'),

    /** Allocations fail on purpose, as {@link io.slabcache.SlabCacheBuilder#faults} or {@code -Dslabcache.debug.faults=} says. */
    FAULTS('A');

    private final char letter;

    Debug(char letter) {
        this.letter = letter;
    }

    /**
     * The letter that stands for it in the system property, where it may also be small.
     *
     * @return a capital
     */
    public char letter() {
        return letter;
    }
}
