package io.slabcache.internal.registry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The name of a cache in reports. Caches may share a name; the number is unique.
 *
 * @param name given by the program
 * @param id its number in this JVM, from 1
 */
public record CacheIdentity(String name, long id) {
    private static final AtomicLong LAST = new AtomicLong();

    /**
     * Makes the identity of a new cache.
     *
     * @param name given by the program
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
