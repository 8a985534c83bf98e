package io.slabcache.bench.sizes;

import io.slabcache.bench.workload.TimedBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The same as {@link MixedAddresses}, for subjects that hand out references.
 *
 * @param <T> type of the objects
 */
public abstract class MixedObjects<T> extends TimedBenchmark {
    /** Live objects. */
    @Param({"128", "10000"})
    public int live;

    /** Which sizes they have. */
    @Param({"ALLOC_TEST", "UNIFORM", "LOG_UNIFORM"})
    public SizeDistribution sizes;

    private MixedSizes draws;
    private Object[] objects;

    /** Allocates one object. */
    protected abstract T take(int size);

    /** Frees one object. */
    protected abstract void give(T object);

    /** Creates what the subject needs. */
    protected void open() {}

    /** Frees all resources; every object was freed before. */
    protected void close() {}

    /** Allocates the objects that are live. */
    @Setup(Level.Trial)
    public void fill() {
        open();
        draws = new MixedSizes(sizes, live);
        objects = new Object[live];
        for (int i = 0; i < live; i++) {
            objects[i] = take(draws.sizes[i]);
        }
    }

    @SuppressWarnings("unchecked") // the array has only what take() returned
    private T at(int place) {
        return (T) objects[place];
    }

    @Benchmark
    public T replace() {
        int draw = draws.next();
        int place = draws.places[draw];
        give(at(place));
        T object = take(draws.sizes[draw]);
        objects[place] = object;
        return object;
    }

    /** Frees the objects that are live. */
    @TearDown(Level.Trial)
    public void drain() {
        for (int i = 0; i < live; i++) {
            give(at(i));
        }
        close();
    }
}
