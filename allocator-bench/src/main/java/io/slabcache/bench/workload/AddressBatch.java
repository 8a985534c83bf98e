package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Allocates many addresses, then frees all of them in the same order, like a server that holds several objects at a
 * time. The score is per pair of allocation and free.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.batch' -prof gc}
 */
public abstract class AddressBatch extends AddressPair {

    private static final int SMALL = 64;
    private static final int LARGE = 1_000;

    private final long[] held = new long[LARGE];

    /** Fits into the per-thread cache of every subject that has one. */
    @Benchmark
    @OperationsPerInvocation(SMALL)
    public long[] batch64() {
        return takeAndGive(SMALL);
    }

    /** Overflows the per-thread cache of most subjects that have one. */
    @Benchmark
    @OperationsPerInvocation(LARGE)
    public long[] batch1000() {
        return takeAndGive(LARGE);
    }

    private long[] takeAndGive(int count) {
        long[] held = this.held;
        takeMany(held, count);
        giveMany(held, count);
        return held;
    }

    /** Allocates them one by one; override for a subject that has a bulk call. */
    protected void takeMany(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            addresses[i] = take();
        }
    }

    /** Frees the first {@code count} addresses of {@link #takeMany}. */
    protected void giveMany(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            give(addresses[i]);
        }
    }
}
