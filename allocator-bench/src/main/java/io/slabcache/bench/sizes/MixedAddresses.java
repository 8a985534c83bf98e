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
 * A program that keeps a number of objects of mixed sizes: frees one of them at random, and allocates another one in its
 * place. The score is per free and allocation, with the reading of size, place and old address, and the storing of the
 * new one. No object is written: some have less than 8 bytes.
 *
 * <p>{@code java -jar allocator-bench.jar --workload sizes}
 */
public abstract class MixedAddresses extends TimedBenchmark {

    static final int TURNS = 1_000;

    /** Which sizes the objects have; the comparison has the first. */
    @Param("ALLOC_TEST")
    public SizeDistribution sizes;

    private MixedSizes draws;
    private long[] addresses;

    /** Allocates one object. */
    protected abstract long take(int size);

    /** Frees one object. */
    protected abstract void give(long address);

    /** Creates what the subject needs. */
    protected void open() {}

    /** Frees all resources; every object was freed before. */
    protected void close() {}

    /** Called before each {@value #TURNS} replacements. */
    protected void beforeTurns() {}

    /** Opens the subject for the workload of this fork, and allocates the objects that are live. */
    @Setup(Level.Trial)
    public final void start(BenchmarkParams parameters) {
        fill(Workload.ofMethod(parameters.getBenchmark()).orElseThrow().liveObjects());
    }

    /** Opens the subject, and allocates so many objects. */
    final void fill(int live) {
        open();
        draws = new MixedSizes(sizes, live);
        addresses = new long[live];
        for (int i = 0; i < live; i++) {
            addresses[i] = take(draws.sizes[i]);
        }
    }

    /** Few live objects: all that an allocator touches lies in the processor's caches. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long[] sizes128() {
        return replace();
    }

    /** Many live objects, so that frees reach all parts of an allocator's memory. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public long[] sizes10k() {
        return replace();
    }

    private long[] replace() {
        long[] addresses = this.addresses;
        MixedSizes draws = this.draws;
        beforeTurns();
        for (int turn = 0; turn < TURNS; turn++) {
            int draw = draws.next();
            int place = draws.places[draw];
            give(addresses[place]);
            addresses[place] = take(draws.sizes[draw]);
        }
        return addresses;
    }

    /** Frees the objects that are live. */
    @TearDown(Level.Trial)
    public final void drain() {
        for (long address : addresses) {
            give(address);
        }
        close();
    }
}
