package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Checks;

/**
 * Batches of raw addresses through bulk calls to the measuring thread's LocalCache of an unchecked cache.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheBulkAddressUnchecked\.' -prof gc}
 */
@Subject(
        id = "slabcache-bulk-address-unchecked",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, raw addresses, Checks.NONE, one bulk call per batch; handover: 32 objects per call",
        lacks = "each thread would need a LocalCache of its own, as the two of a hand-over have")
public class SlabcacheBulkAddressUnchecked extends SlabcacheBulkAddress {

    @Override
    Checks checks() {
        return Checks.NONE;
    }
}
