package io.slabcache.bench.subject;

import io.slabcache.GenerationHandles;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;

/**
 * Handles with generations from a Slabcache that all threads share: the cost of detecting a use after free.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheGenerations\.' -prof gc}
 */
@Subject(
        id = "slabcache-generations",
        group = Subject.Group.SAFETY,
        about = "SlabCache, handles with generations, standard checks",
        plainForm = "slabcache-address-unchecked")
public class SlabcacheGenerations extends AddressRequests {

    private static final Shared<SlabCache> CACHE = new Shared<>(SlabCache::close);

    private GenerationHandles handles;

    @Override
    protected void open() {
        handles =
                CACHE.open(() -> SlabCache.builder("bench", objectSize).build()).generations();
    }

    @Override
    protected long take() {
        return handles.allocate();
    }

    @Override
    protected void give(long handle) {
        handles.free(handle);
    }

    @Override
    protected void write(long handle, long value) {
        super.write(handles.address(handle), value);
    }

    @Override
    protected void close() {
        CACHE.close();
    }
}
