package io.slabcache.bench.subject;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.AddressBounded;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;

/** Raw addresses from a Slabcache without a bound: the reference for those with one. */
@Subject(id = "slabcache-unbounded", group = Subject.Group.BOUNDED, about = "SlabCache, raw addresses, unbounded")
public class SlabcacheUnbounded extends AddressBounded {

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
