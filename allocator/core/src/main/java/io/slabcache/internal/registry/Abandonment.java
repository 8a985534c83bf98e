package io.slabcache.internal.registry;

import io.slabcache.internal.debug.Tracker;
import io.slabcache.internal.util.Log;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The log message about a cache that was never closed, once the collector finds the cache unreachable. Runs on the
 * thread of a {@link Cleaner}. Refers neither to the cache nor to code of the program, which might refer to the cache.
 *
 * <p>The memory is not returned. A thread may still use an object by its address, which the collector does not see, and
 * the segments of all objects of a slab share its arena.
 */
public final class Abandonment implements Runnable {
    private final CacheIdentity cache;
    private final LongSupplier reservedBytes;
    private final List<StackTraceElement> builtAt;
    private volatile boolean isClosed;

    private Abandonment(CacheIdentity cache, LongSupplier reservedBytes, List<StackTraceElement> builtAt) {
        this.cache = cache;
        this.reservedBytes = reservedBytes;
        this.builtAt = builtAt;
    }

    /**
     * Prepares the message for a cache. Called where the cache is built.
     *
     * @param cache its identity
     * @param reservedBytes its memory; must not refer to the cache
     * @param isTracked whether the message names the place where the cache is built
     * @return for the {@link CacheRegistry}
     */
    public static Abandonment of(CacheIdentity cache, LongSupplier reservedBytes, boolean isTracked) {
        return new Abandonment(cache, reservedBytes, isTracked ? Tracker.callers() : List.of());
    }

    /** Cancels the message, because the cache was closed. */
    void settle() {
        isClosed = true;
    }

    @Override
    public void run() {
        long bytes = reservedBytes.getAsLong();
        // Without memory nothing is lost.
        if (!isClosed && bytes > 0) {
            Log.say(System.Logger.Level.WARNING, text(bytes));
        }
    }

    private String text(long bytes) {
        StringBuilder text = new StringBuilder(cache.toString())
                .append(" was not closed, and no code refers to it any more. Its ")
                .append(bytes)
                .append(
                        " bytes are not given back, because objects may be in use by their addresses; close each cache, or keep")
                .append(" it in a static field if it is to live as long as the program.");
        if (builtAt.isEmpty()) {
            return text.append(" To see where it was built, debug it with U.").toString();
        }
        text.append("\nbuilt");
        builtAt.forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }
}
