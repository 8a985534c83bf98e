package io.slabcache.bench.subject;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;

/**
 * Leased segments from a Slabcache that all threads share: confined, and dead after the free. They
 * are the one kind of object here that makes garbage; a lease that does not leave the method which
 * took it would make none, but these do.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLease\.' -prof gc}
 */
@Subject(
        id = "slabcache-lease",
        group = Subject.Group.SAFETY,
        about = "SlabCache, leased segments, standard checks; handover: hand over, take over",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheLease extends ObjectRequests<Lease> {

    private static final Shared<SlabCache> CACHE = new Shared<>(SlabCache::close);

    private SlabCache cache;

    @Override
    protected void open() {
        cache = CACHE.open(() -> SlabCache.builder("bench", objectSize).build());
    }

    @Override
    protected Lease take() {
        return cache.allocateLeased();
    }

    @Override
    protected void give(Lease lease) {
        lease.close();
    }

    @Override
    protected Lease send() {
        return take().handOver();
    }

    @Override
    protected void receive(Lease lease) {
        lease.takeOver().close();
    }

    @Override
    protected void close() {
        CACHE.close();
    }
}
