package io.slabcache.bench.workload;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What every subject has in common: each thread that measures has one of its own, which it opens and
 * closes. What there is only one of for all threads, such as a cache, the subject keeps in a {@link
 * Shared}.
 *
 * <p>The workloads form two ladders above this class, one for raw addresses and one for objects, so
 * that no address is ever boxed: {@link AddressPair}, {@link AddressBatch}, {@link AddressScatter},
 * {@link AddressHandOver}, {@link AddressContended}, {@link AddressRequests}, and {@link ObjectPair} and
 * so on. Each step adds
 * its workloads to those below it. A subject extends the highest step it can do: the hand-over asks
 * that any thread may give back what another one took, requests that threads may come and go.
 *
 * <p>A fork loads one subject only. Each abstract method here therefore has a single implementation
 * in that JVM, which the JIT compiler proves and inlines without a guard: the calls through this
 * class cost nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class AllocationBenchmark {

    /** How many objects a subject that is filled once must hold: more than any workload keeps at a time. */
    protected static final int POOLED_OBJECTS = 4_096;

    /** Bytes of each object. */
    @Param("256")
    public int objectSize;

    /**
     * Opens the subject, in the thread that will measure it. The first object is part of that: some
     * subjects load their native code with it, which would eat the warm-up.
     */
    @Setup
    public final void setUp() {
        open();
        useOnce();
    }

    /** Closes the subject, in the thread that measured it, after any other thread has stopped using it. */
    @TearDown
    public final void tearDown() {
        stopHelpers();
        close();
    }

    /** Creates what the subject needs, or gets its share of it. */
    protected abstract void open();

    /** Gives everything back; by then this thread has given back every object. */
    protected void close() {}

    /** A second thread of a workload; for a subject that is faster in threads of its own kind. */
    protected Thread newThread(Runnable body) {
        return new Thread(body);
    }

    /** Called first in each second thread; for a subject that must know its threads. */
    protected void enterThread() {}

    /** Takes one object and gives it back. */
    abstract void useOnce();

    /** Ends what the workloads started, and gives back what they still have. */
    void stopHelpers() {}
}
