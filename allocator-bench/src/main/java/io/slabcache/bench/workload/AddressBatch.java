package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Takes many addresses, then gives all of them back in the order they came: what a server does that
 * holds some objects at a time. The score is per pair of taking and giving.
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

    /** Takes them one by one; for a subject that has a call for many. */
    protected void takeMany(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            addresses[i] = take();
        }
    }

    /** Gives back the first {@code count}, as {@link #takeMany} took them. */
    protected void giveMany(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            give(addresses[i]);
        }
    }
}
