package io.slabcache.bench.subject;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.AddressHandOver;
import io.slabcache.bench.workload.Subject;
import io.slabcache.diagnostics.Checks;

/**
 * Raw addresses from each thread's {@link LocalCache}, with the standard checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLocalAddress\.' -prof gc}
 */
@Subject(
        id = "slabcache-local-address",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, raw addresses, standard checks",
        lacks = "each thread would need a LocalCache of its own, as the two of a hand-over have")
public class SlabcacheLocalAddress extends AddressHandOver {

    /** Owned by the measuring thread. */
    LocalCache local;

    /** Owned by the second thread, while there is one. */
    LocalCache other;

    private SlabCache cache;

    @Override
    protected void open() {
        cache = SlabCache.builder("bench", objectSize).checks(checks()).build();
        local = cache.local();
    }

    Checks checks() {
        return Checks.STANDARD;
    }

    @Override
    protected void enterThread() {
        other = cache.local();
    }

    @Override
    protected long take() {
        return local.allocateAddress();
    }

    @Override
    protected void give(long address) {
        local.freeAddress(address);
    }

    @Override
    protected void receive(long address) {
        other.freeAddress(address);
    }

    @Override
    protected void close() {
        cache.close();
    }
}
