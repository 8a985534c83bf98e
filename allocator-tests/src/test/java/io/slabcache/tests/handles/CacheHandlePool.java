package io.slabcache.tests.handles;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.tests.support.Healthy;

/** Handles of the library. */
class CacheHandlePool implements HandlePool {
    final SlabCache cache;
    private final GenerationHandles handles;

    CacheHandlePool(SlabCache cache) {
        this.cache = cache;
        this.handles = cache.generations();
    }

    @Override
    public long allocate() {
        return handles.allocate();
    }

    @Override
    public boolean free(long handle) {
        try {
            handles.free(handle);
            return true;
        } catch (InvalidFreeException e) {
            return false;
        }
    }

    @Override
    public boolean isLive(long handle) {
        return handles.isLive(handle);
    }

    @Override
    public long address(long handle) {
        return handles.address(handle);
    }

    @Override
    public void freeAddress(long address) {
        cache.freeAddress(address);
    }

    @Override
    public long allocateAddress() {
        return cache.allocateAddress();
    }

    @Override
    public void end() {
        Healthy.checkNothingLive(cache);
        cache.close();
    }
}
