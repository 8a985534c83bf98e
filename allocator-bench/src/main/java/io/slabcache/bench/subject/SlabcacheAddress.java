package io.slabcache.bench.subject;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;

/**
 * Raw addresses from a Slabcache that all threads share, with the standard checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheAddress\.' -prof gc}
 */
@Subject(
        id = "slabcache-address",
        group = Subject.Group.SLABCACHE,
        about = "SlabCache, raw addresses, standard checks; sizes: SlabAllocator",
        plainForm = "slabcache-address-unchecked")
public class SlabcacheAddress extends AddressRequests {

    private static final Shared<SlabCache> CACHE = new Shared<>(SlabCache::close);

    private SlabCache cache;

    @Override
    protected void open() {
        cache = CACHE.open(() -> builder().build());
    }

    SlabCacheBuilder builder() {
        return SlabCache.builder("bench", objectSize);
    }

    @Override
    protected long take() {
        return cache.allocateAddress();
    }

    @Override
    protected void give(long address) {
        cache.freeAddress(address);
    }

    @Override
    protected void close() {
        CACHE.close();
    }
}
