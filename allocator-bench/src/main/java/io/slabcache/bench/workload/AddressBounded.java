package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Threads;

/**
 * Allocates 32 addresses and frees them, in several threads that share a bounded allocator, like a network pool. As
 * many earlier threads did the same and have ended, so their cached objects must come back first. The score is per pair
 * of allocation and free.
 *
 * <p>{@code java -jar allocator-bench.jar --workload bounded}
 */
public abstract class AddressBounded extends AllocationBenchmark {

    /** Objects that a thread holds. */
    protected static final int BURST = 32;

    private final long[] held = new long[BURST];

    /** Allocates one object. */
    protected abstract long take();

    /** Frees one object. */
    protected abstract void give(long address);

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(1)
    public long[] bounded1() {
        return burst(held);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(2)
    public long[] bounded2() {
        return burst(held);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(4)
    public long[] bounded4() {
        return burst(held);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(8)
    public long[] bounded8() {
        return burst(held);
    }

    private long[] burst(long[] held) {
        for (int i = 0; i < BURST; i++) {
            held[i] = take();
        }
        for (int i = 0; i < BURST; i++) {
            give(held[i]);
        }
        return held;
    }

    /** There is an earlier thread for each measuring thread. */
    @Override
    final void useOnce() {
        long[] held = new long[BURST];
        EarlierThread.run(() -> burst(held));
    }
}
