package io.slabcache.internal.debug;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The open caches of this JVM, known only as long as somebody else knows them. */
public final class CacheRegistry {
    private static final Set<OpenCache> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

    private CacheRegistry() {}

    /**
     * Takes in a cache that was just built.
     *
     * @param cache that is open
     */
    public static void add(OpenCache cache) {
        synchronized (OPEN) {
            OPEN.add(cache);
        }
        Audit.tell(cache);
    }

    /**
     * Forgets a cache.
     *
     * @param cache that is closed
     */
    public static void remove(OpenCache cache) {
        synchronized (OPEN) {
            OPEN.remove(cache);
        }
    }

    /** {@return the caches that are open now} */
    public static List<OpenCache> open() {
        synchronized (OPEN) {
            return List.copyOf(OPEN);
        }
    }

    /**
     * Whose memory it is.
     *
     * @param address anything
     * @return the open cache whose memory an address lies in, or {@code null}
     */
    public static OpenCache findByAddress(long address) {
        for (OpenCache cache : open()) {
            if (cache.covers(address)) {
                return cache;
            }
        }
        return null;
    }
}
