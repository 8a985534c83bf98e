package io.slabcache.internal.registry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a cache is called in reports. Two caches may have one name; the number tells them apart.
 *
 * @param name that the program gave it
 * @param id its number, from 1, that no other cache of this JVM has
 */
public record CacheIdentity(String name, long id) {
    private static final AtomicLong LAST = new AtomicLong();

    /**
     * The identity of a new cache.
     *
     * @param name that the program gave it
     * @return name and next number
     */
    public static CacheIdentity next(String name) {
        return new CacheIdentity(name, LAST.incrementAndGet());
    }

    @Override
    public String toString() {
        return "cache '" + name + "' (#" + id + ")";
    }
}
