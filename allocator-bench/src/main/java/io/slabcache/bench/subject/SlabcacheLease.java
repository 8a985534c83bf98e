package io.slabcache.bench.subject;

import io.slabcache.Lease;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectRequests;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Leased segments from a Slabcache that all threads share: confined, and dead after the free. In the pair the lease
 * does not leave its method, as with {@code try}, so escape analysis removes it. The other leases are garbage, each
 * with the JDK's arena behind it.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLease\.' -prof gc}
 */
@Subject(
        id = "slabcache-lease",
        group = Subject.Group.SAFETY,
        about = "SlabCache, leased segments, standard checks; pair: within one method; handover: hand over, take over",
        plainForm = "slabcache-segment-unchecked")
public class SlabcacheLease extends ObjectRequests<Lease> {

    private static final Shared<SlabCache> CACHE = new Shared<>(SlabCache::close);

    private SlabCache cache;

    /** The address: to return the lease would make it escape. */
    private long used;

    @Override
    protected void open() {
        cache = CACHE.open(() -> SlabCache.builder("bench", objectSize).build());
    }

    @Override
    public Lease pair() {
        try (Lease lease = take()) {
            used = lease.segment().address();
        }
        return null;
    }

    /** The pair with a lease that escapes. */
    @Benchmark
    public Lease escaping() {
        return super.pair();
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
    protected void write(Lease lease, long value) {
        lease.segment().set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Override
    protected void close() {
        CACHE.close();
    }
}
