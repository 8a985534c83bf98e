package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Checks;

/**
 * Raw addresses from the measuring thread's LocalCache of an unchecked cache.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLocalAddressUnchecked\.' -prof gc}
 */
@Subject(
        id = "slabcache-local-address-unchecked",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, raw addresses, Checks.NONE",
        lacks = "each thread would need a LocalCache of its own, as the two of a hand-over have")
public class SlabcacheLocalAddressUnchecked extends SlabcacheLocalAddress {

    @Override
    Checks checks() {
        return Checks.NONE;
    }
}
