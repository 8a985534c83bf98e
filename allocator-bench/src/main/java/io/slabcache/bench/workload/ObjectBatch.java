package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Allocates many objects, then frees all of them in the same order, like a server that holds several objects at a time.
 * The score is per pair of allocation and free.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.batch' -prof gc}
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectBatch<T> extends ObjectPair<T> {

    private static final int SMALL = 64;
    private static final int LARGE = 1_000;

    private final T[] held = newArray(LARGE);

    /** Fits into the per-thread cache of every subject that has one. */
    @Benchmark
    @OperationsPerInvocation(SMALL)
    public Object[] batch64() {
        return takeAndGive(SMALL);
    }

    /** Overflows the per-thread cache of most subjects that have one. */
    @Benchmark
    @OperationsPerInvocation(LARGE)
    public Object[] batch1000() {
        return takeAndGive(LARGE);
    }

    private T[] takeAndGive(int count) {
        T[] held = this.held;
        for (int i = 0; i < count; i++) {
            held[i] = take();
        }
        for (int i = 0; i < count; i++) {
            give(held[i]);
        }
        return held;
    }

    @SuppressWarnings("unchecked") // never leaves the benchmark as an array of T
    static <T> T[] newArray(int length) {
        return (T[]) new Object[length];
    }
}
