package io.slabcache.internal.registry;

import io.slabcache.internal.debug.Tracker;
import io.slabcache.internal.util.Log;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What is said of a cache that was never closed, once the collector finds that no code refers to it. It runs on the thread of
 * a {@link Cleaner} and refers neither to the cache nor to code of the program, which might refer to the cache.
 *
 * <p>The memory is not given back. A thread may still use an object by its address, which the collector does not see, and
 * segments of all objects of a slab share one arena with it.
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
     * Prepares for the abandonment of a cache. To be called where it is built.
     *
     * @param cache which one
     * @param reservedBytes its memory; must not refer to the cache
     * @param isTracked whether the place where it is built is to be told
     * @return what the {@link CacheRegistry} wants to have
     */
    public static Abandonment of(CacheIdentity cache, LongSupplier reservedBytes, boolean isTracked) {
        return new Abandonment(cache, reservedBytes, isTracked ? Tracker.callers() : List.of());
    }

    /** The cache was closed: there is nothing to say. */
    void settle() {
        isClosed = true;
    }

    @Override
    public void run() {
        long bytes = reservedBytes.getAsLong();
        // A cache without memory has lost nothing.
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
