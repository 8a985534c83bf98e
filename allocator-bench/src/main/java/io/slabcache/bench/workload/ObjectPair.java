package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Allocates one object and frees it, repeatedly in one thread: the allocator's shortest path.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.pair$' -prof gc}
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectPair<T> extends AllocationBenchmark {

    /** Allocates one object. */
    protected abstract T take();

    /** Frees one object. */
    protected abstract void give(T object);

    /** Returns the object, so that the compiler cannot remove the allocation. */
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
