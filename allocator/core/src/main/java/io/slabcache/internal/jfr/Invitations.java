package io.slabcache.internal.jfr;

import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;

/** Has all open caches sample one of their next allocations. Run by the recorder's thread in each period. */
final class Invitations implements Runnable {
    @Override
    public void run() {
        CacheRegistry.open().forEach(OpenCache::inviteSample);
    }
}
