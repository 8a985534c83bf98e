package io.slabcache.tests.handles;

import io.slabcache.Lease;
import java.lang.foreign.MemorySegment;

/** A lease of the library. */
record CacheLease(Lease lease) implements Leased {
    @Override
    public MemorySegment segment() {
        return lease.segment();
    }

    @Override
    public Leased handOver() {
        lease.handOver();
        return this;
    }

    @Override
    public Leased takeOver() {
        lease.takeOver();
        return this;
    }

    @Override
    public void close() {
        lease.close();
    }
}
