package io.slabcache.bench.subject;

import io.slabcache.GenerationHandles;
import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.AddressScatter;
import io.slabcache.bench.workload.Subject;

/**
 * Handles with generations from the measuring thread's {@link LocalCache}.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLocalGenerations\.' -prof gc}
 */
@Subject(
        id = "slabcache-local-generations",
        group = Subject.Group.SAFETY,
        about = "LocalCache, handles with generations, standard checks",
        plainForm = "slabcache-local-address-unchecked")
public class SlabcacheLocalGenerations extends AddressScatter {

    private SlabCache cache;
    private GenerationHandles handles;

    @Override
    protected void open() {
        cache = SlabCache.builder("bench", objectSize).build();
        handles = cache.local().generations();
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
        cache.close();
    }
}
