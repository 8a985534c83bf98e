package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Takes one object and gives it back, over and over in one thread: the allocator's shortest way.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.pair$' -prof gc}
 *
 * @param <T> what the subject hands out
 */
public abstract class ObjectPair<T> extends AllocationBenchmark {

    /** Allocates one object. */
    protected abstract T take();

    /** Frees one object. */
    protected abstract void give(T object);

    /** Returns the object, so that the allocation cannot be removed as unused. */
    @Benchmark
    public T pair() {
        T object = take();
        give(object);
        return object;
    }

    @Override
    final void useOnce() {
        give(take());
    }
}
