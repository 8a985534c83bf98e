package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Allocates one address and frees it, repeatedly in one thread: the allocator's shortest path.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.pair$' -prof gc}
 */
public abstract class AddressPair extends AllocationBenchmark {

    /** Allocates one object. */
    protected abstract long take();

    /** Frees one object. */
    protected abstract void give(long address);

    /** Returns the address, so that the compiler cannot remove the allocation. */
    @Benchmark
    public long pair() {
        long address = take();
        give(address);
        return address;
    }

    @Override
    final void useOnce() {
        give(take());
    }
}
