package io.slabcache.internal.registry;

import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The open caches of this JVM. Does not keep them reachable. */
public final class CacheRegistry {
    /** An open cache and the message for its abandonment. Does not keep the cache reachable. */
    private record Registration(WeakReference<OpenCache> cache, Abandonment abandonment, Cleaner.Cleanable cleanable) {}

    /** The cleaner's thread inherits nothing from the program's threads. */
    private static final Cleaner CLEANER = Cleaner.create();

    /** By number of the cache. Guarded by its own monitor. */
    private static final Map<Long, Registration> OPEN = new LinkedHashMap<>();

    private static final AtomicReference<@Nullable RegistryListener> LISTENER = new AtomicReference<>();

    private CacheRegistry() {}

    /**
     * Tells a listener of all caches that open or close from now on.
     *
     * @param listener the only one there may be
     * @return false, and nothing done, if there is one already
     */
    public static boolean listen(RegistryListener listener) {
        return LISTENER.compareAndSet(null, listener);
    }

    private static void tellClosed(long id) {
        RegistryListener listener = LISTENER.get();
        if (listener != null) {
            listener.closed(id);
        }
    }

    /**
     * Adds a new cache.
     *
     * @param cache that is open
     * @param abandonment run when it becomes garbage
     */
    public static void add(OpenCache cache, Abandonment abandonment) {
        long id = cache.id();
        Cleaner.Cleanable cleanable = CLEANER.register(cache, () -> abandoned(id, abandonment));
        Registration registration = new Registration(new WeakReference<>(cache), abandonment, cleanable);
        synchronized (OPEN) {
            OPEN.put(id, registration);
        }
        Audit.tell(cache);
        RegistryListener listener = LISTENER.get();
        if (listener != null) {
            listener.opened(cache);
        }
    }

    private static void abandoned(long id, Abandonment abandonment) {
        synchronized (OPEN) {
            OPEN.remove(id);
        }
        tellClosed(id);
        abandonment.run();
    }

    /**
     * Removes a cache.
     *
     * @param id of a closed cache
     */
    public static void remove(long id) {
        Registration registration;
        synchronized (OPEN) {
            registration = OPEN.remove(id);
        }
        if (registration != null) {
            registration.abandonment().settle();
            registration.cleanable().clean();
            tellClosed(id);
        }
    }

    /** {@return the caches that are open now} */
    public static List<OpenCache> open() {
        synchronized (OPEN) {
            return OPEN.values().stream()
                    .map(registration -> registration.cache().get())
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    /**
     * Finds the cache that owns an address.
     *
     * @param address anything
     * @return the open cache whose memory contains the address, or {@code null}
     */
    public static @Nullable OpenCache findByAddress(long address) {
        for (OpenCache cache : open()) {
            if (cache.covers(address)) {
                return cache;
            }
        }
        return null;
    }
}
