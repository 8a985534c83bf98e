package io.slabcache.bench.subject;

import io.slabcache.SlabCacheBuilder;
import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Checks;

/**
 * Raw addresses from an unchecked Slabcache that all threads share.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheAddressUnchecked\.' -prof gc}
 */
@Subject(
        id = "slabcache-address-unchecked",
        group = Subject.Group.SLABCACHE,
        about = "SlabCache, raw addresses, Checks.NONE; sizes: SlabAllocator")
public class SlabcacheAddressUnchecked extends SlabcacheAddress {

    @Override
    SlabCacheBuilder builder() {
        return super.builder().checks(Checks.NONE);
    }
}
