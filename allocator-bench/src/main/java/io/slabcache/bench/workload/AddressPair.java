package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Takes one address and gives it back, over and over in one thread: the allocator's shortest way.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.pair$' -prof gc}
 */
public abstract class AddressPair extends AllocationBenchmark {

    /** Allocates one object. */
    protected abstract long take();

    /** Frees one object. */
    protected abstract void give(long address);

    /** Returns the address, so that the allocation cannot be removed as unused. */
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
