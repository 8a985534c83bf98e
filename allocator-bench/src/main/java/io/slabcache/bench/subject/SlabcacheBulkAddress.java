package io.slabcache.bench.subject;

import io.slabcache.LocalCache;
import io.slabcache.bench.workload.Subject;

/**
 * Raw addresses from the {@link LocalCache} that the measuring thread keeps, each batch by one call and
 * given back by another. The pair is that of single calls, with which the batches are compared.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheBulkAddress\.' -prof gc}
 */
@Subject(
        id = "slabcache-bulk-address",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, raw addresses, standard checks, batches by one bulk call each")
public class SlabcacheBulkAddress extends SlabcacheLocalAddress {

    @Override
    protected void takeMany(long[] addresses, int count) {
        if (!local.allocateBulk(addresses, 0, count)) {
            throw new IllegalStateException("a cache without a bound gave no " + count + " objects");
        }
    }

    @Override
    protected void giveMany(long[] addresses, int count) {
        local.freeBulk(addresses, 0, count);
    }
}
