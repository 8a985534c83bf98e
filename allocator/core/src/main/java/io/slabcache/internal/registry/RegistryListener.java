package io.slabcache.internal.registry;

/** Hears of caches that open and close. Called by their threads, with no lock held. */
public interface RegistryListener {
    /**
     * Hears of an open cache.
     *
     * @param cache that may be closed meanwhile; not to be kept reachable
     */
    void opened(OpenCache cache);

    /**
     * Hears of a cache that was closed or has become garbage.
     *
     * @param id of the cache
     */
    void closed(long id);
}
