package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Checks;

/**
 * Batches of raw addresses by one bulk call each, from the LocalCache that the measuring thread keeps,
 * of a cache which trusts its caller.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheBulkAddressUnchecked\.' -prof gc}
 */
@Subject(
        id = "slabcache-bulk-address-unchecked",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, raw addresses, Checks.NONE, batches by one bulk call each; handover: 32 by each call")
public class SlabcacheBulkAddressUnchecked extends SlabcacheBulkAddress {

    @Override
    Checks checks() {
        return Checks.NONE;
    }
}
