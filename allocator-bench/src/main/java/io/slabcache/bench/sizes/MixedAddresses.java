package io.slabcache.bench.sizes;

import io.slabcache.bench.workload.TimedBenchmark;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A program that keeps a number of objects of mixed sizes: frees one of them at random, and allocates another one in its
 * place. The score is per free and allocation, with the reading of size, place and old address, and the storing of the
 * new one.
 */
public abstract class MixedAddresses extends TimedBenchmark {
    /** Live objects. */
    @Param({"128", "10000"})
    public int live;

    /** Which sizes they have. */
    @Param({"ALLOC_TEST", "UNIFORM", "LOG_UNIFORM"})
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

    /** Allocates the objects that are live. */
    @Setup(Level.Trial)
    public void fill() {
        open();
        draws = new MixedSizes(sizes, live);
        addresses = new long[live];
        for (int i = 0; i < live; i++) {
            addresses[i] = take(draws.sizes[i]);
        }
    }

    @Benchmark
    public long replace() {
        int draw = draws.next();
        int place = draws.places[draw];
        give(addresses[place]);
        long address = take(draws.sizes[draw]);
        addresses[place] = address;
        return address;
    }

    /** Frees the objects that are live. */
    @TearDown(Level.Trial)
    public void drain() {
        for (long address : addresses) {
            give(address);
        }
        close();
    }
}
