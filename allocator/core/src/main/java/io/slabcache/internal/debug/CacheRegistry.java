package io.slabcache.internal.debug;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** The open caches of this JVM, known only as long as other code refers to them. */
public final class CacheRegistry {
    /** A registration with the cleaner, and what that runs. Refers to no cache. */
    private record Registration(Abandonment abandonment, Cleaner.Cleanable cleanable) {}

    /** Its thread inherits nothing of the program's. */
    private static final Cleaner CLEANER = Cleaner.create();

    private static final Map<OpenCache, Registration> OPEN = new WeakHashMap<>();

    private CacheRegistry() {}

    /**
     * Takes in a cache that was just built.
     *
     * @param cache that is open
     * @param abandonment what to do when it becomes garbage
     */
    public static void add(OpenCache cache, Abandonment abandonment) {
        Registration registration = new Registration(abandonment, CLEANER.register(cache, abandonment));
        synchronized (OPEN) {
            OPEN.put(cache, registration);
        }
        Audit.tell(cache);
    }

    /**
     * Forgets a cache.
     *
     * @param cache that is closed
     */
    public static void remove(OpenCache cache) {
        Registration registration;
        synchronized (OPEN) {
            registration = OPEN.remove(cache);
        }
        if (registration != null) {
            registration.abandonment().settle();
            registration.cleanable().clean();
        }
    }

    /** {@return the caches that are open now} */
    public static List<OpenCache> open() {
        synchronized (OPEN) {
            return List.copyOf(OPEN.keySet());
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
