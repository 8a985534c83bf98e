package io.slabcache.internal.cache;

import io.slabcache.internal.slab.Slab;

/**
 * Lines about the objects of a debugged cache. A line is lost rather than the object, which is between the cache and its
 * caller, where the heap is full or a log handler broken.
 */
final class DebugLog {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final CacheCore core;
    private final boolean traced;

    DebugLog(CacheCore core, boolean traced) {
        this.core = core;
        this.traced = traced;
    }

    /** A line for each allocation and each free, if that is wanted. */
    void trace(String what, long address) {
        Slab slab = traced ? core.slabOf(address) : null;
        if (slab == null) {
            return;
        }
        try {
            String line = core + ": " + what + " 0x" + Long.toHexString(address) + ", object " + slab.indexOf(address)
                    + " of the slab at 0x" + Long.toHexString(slab.address(0)) + ", by " + Thread.currentThread();
            write(System.Logger.Level.INFO, line);
        } catch (OutOfMemoryError e) {
            // As above.
        }
    }

    static void write(System.Logger.Level level, String line) {
        try {
            LOGGER.log(level, line);
        } catch (RuntimeException e) {
            // As above.
        }
    }
}
