package io.slabcache.bench.slots;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import java.util.Optional;

/** Raw addresses from a Slabcache, with the standard checks. */
final class CacheSlots extends AddressSlots {

    private final SlabCache cache;
    private final boolean shrinksItself;

    /** The cache is closed with this; one that trims itself is not shrunk. */
    CacheSlots(int slots, SlabCache cache, boolean shrinksItself) {
        super(slots);
        this.cache = cache;
        this.shrinksItself = shrinksItself;
    }

    @Override
    long take() {
        return cache.allocateAddress();
    }

    @Override
    void give(long address) {
        cache.freeAddress(address);
    }

    @Override
    public boolean shrink() {
        cache.flush();
        if (shrinksItself) {
            return false;
        }
        cache.shrink();
        return true;
    }

    @Override
    public Optional<GrowthStalls> growthStalls() {
        SlabCacheStats stats = cache.stats();
        return Optional.of(new GrowthStalls(stats.growthStalls(), stats.longestGrowthStall()));
    }

    @Override
    public void close() {
        cache.closeNow();
    }
}
