package io.slabcache.internal.cache;

import io.slabcache.internal.slab.Slab;
import org.jspecify.annotations.Nullable;

/**
 * Log lines about the objects of a debugged cache. If the heap is full or a log handler fails, the line is lost. An
 * exception here would lose the object, which is between the cache and its caller.
 */
final class DebugLog {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final CacheCore core;
    private final boolean traced;

    DebugLog(CacheCore core, boolean traced) {
        this.core = core;
        this.traced = traced;
    }

    /** Logs an allocation or a free, if {@code TRACE} is on. */
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
            // See the class comment.
        }
    }

    static void write(System.Logger.Level level, @Nullable String line) {
        try {
            LOGGER.log(level, line);
        } catch (RuntimeException e) {
            // See the class comment.
        }
    }
}
