package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Allocates a burst of objects, writes 8 bytes to each one, then frees all of them in the same order, like a receiver of
 * packets. The score is per object.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.burst' -prof gc}
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectBurst<T> extends ObjectBatch<T> {

    private static final int SMALL = 32;
    private static final int LARGE = 1_000;

    private final T[] burst = newArray(LARGE);

    /** As many as a network card hands over at a time. */
    @Benchmark
    @OperationsPerInvocation(SMALL)
    public Object[] burst32() {
        return burst(SMALL);
    }

    /** More than the per-thread cache of most subjects that have one. */
    @Benchmark
    @OperationsPerInvocation(LARGE)
    public Object[] burst1000() {
        return burst(LARGE);
    }

    private T[] burst(int count) {
        T[] burst = this.burst;
        beforeBurst(count);
        for (int i = 0; i < count; i++) {
            burst[i] = take();
        }
        for (int i = 0; i < count; i++) {
            write(burst[i], i);
        }
        for (int i = 0; i < count; i++) {
            give(burst[i]);
        }
        return burst;
    }

    /** Called before each burst of so many objects. */
    protected void beforeBurst(int count) {}

    /** Writes the first 8 bytes of an object. */
    protected abstract void write(T object, long value);
}
