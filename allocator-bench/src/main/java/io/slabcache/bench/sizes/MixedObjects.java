package io.slabcache.bench.sizes;

import io.slabcache.bench.workload.TimedBenchmark;
import io.slabcache.bench.workload.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The same as {@link MixedAddresses}, for subjects that hand out references.
 *
 * @param <T> type of the objects
 */
public abstract class MixedObjects<T> extends TimedBenchmark {

    /** Which sizes the objects have; the comparison has the first. */
    @Param("ALLOC_TEST")
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

    /** Opens the subject for the workload of this fork, and allocates the objects that are live. */
    @Setup(Level.Trial)
    public final void start(BenchmarkParams parameters) {
        fill(Workload.ofMethod(parameters.getBenchmark()).orElseThrow().liveObjects());
    }

    /** Opens the subject, and allocates so many objects. */
    final void fill(int live) {
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

    /** Few live objects: all that an allocator touches lies in the processor's caches. */
    @Benchmark
    @OperationsPerInvocation(MixedAddresses.TURNS)
    public Object[] sizes128() {
        return replace();
    }

    /** Many live objects, so that frees reach all parts of an allocator's memory. */
    @Benchmark
    @OperationsPerInvocation(MixedAddresses.TURNS)
    public Object[] sizes10k() {
        return replace();
    }

    private Object[] replace() {
        MixedSizes draws = this.draws;
        for (int turn = 0; turn < MixedAddresses.TURNS; turn++) {
            int draw = draws.next();
            int place = draws.places[draw];
            give(at(place));
            objects[place] = take(draws.sizes[draw]);
        }
        return objects;
    }

    /** Frees the objects that are live. */
    @TearDown(Level.Trial)
    public final void drain() {
        for (int i = 0; i < objects.length; i++) {
            give(at(i));
        }
        close();
    }
}
