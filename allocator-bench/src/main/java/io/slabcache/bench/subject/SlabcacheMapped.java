package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;
import io.slabcache.memory.MappedMemory;

/**
 * {@link SlabcacheAddress} with memory straight from Linux: all slabs lie in one range of addresses.
 *
 * <p>{@code java -jar allocator-bench.jar --workload pair,scattered,handover --subject
 * limit,slabcache-address,slabcache-mapped,slabcache-reserved}
 */
@Subject(
        id = "slabcache-mapped",
        group = Subject.Group.SLABCACHE,
        about = "SlabCache, raw addresses, standard checks, MappedMemory")
public class SlabcacheMapped extends SlabcacheAddress {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().memory(MappedMemory.builder().build());
    }
}
