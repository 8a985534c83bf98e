package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Base of all subjects: each measuring thread has its own subject, which it opens and closes. State that
 * all threads share, such as a cache, is in a {@link Shared}.
 *
 * <p>The workloads form two chains of subclasses, one for raw addresses and one for objects, so that no address is ever
 * boxed: {@link AddressPair}, {@link AddressBatch}, {@link AddressBurst}, {@link AddressReplace}, {@link
 * AddressScatter}, {@link AddressHandOver}, {@link AddressContended}, {@link AddressRequests}, and {@link ObjectPair} and so on. Each class adds its workloads to those
 * of its superclass. A subject extends the last class that it supports: the hand-over requires that any thread may free
 * an object of another, requests that threads may come and go.
 *
 * <p>A fork loads one subject only. So each abstract method has a single implementation in that JVM, which the JIT
 * compiler inlines without a guard: the calls through this class cost nothing.
 */
public abstract class AllocationBenchmark extends TimedBenchmark {

    /** The objects of a subject that is filled once: more than a workload without a live set holds at a time. */
    protected static final int POOLED_OBJECTS = 4_096;

    private static final int SPARE_OBJECTS = 64;

    /** Bytes of each object. */
    @Param("256")
    public int objectSize;

    private int liveObjects;

    /** Opens the subject for the workload of this fork. */
    @Setup
    public final void start(BenchmarkParams parameters) {
        liveObjects = Workload.ofMethod(parameters.getBenchmark())
                .map(Workload::liveObjects)
                .orElse(0);
        setUp();
    }

    /**
     * Opens the subject in the thread that will measure it, and uses a first object: some subjects load their native
     * code with it, which would otherwise take up the warm-up.
     */
    public final void setUp() {
        open();
        useOnce();
    }

    /** Closes the subject in the thread that measured it, after any other thread has stopped using it. */
    @TearDown
    public final void tearDown() {
        stopHelpers();
        close();
    }

    /** Returns how many objects a subject needs that is filled once: a few more than the workload holds at a time. */
    protected final int pooledObjects() {
        return Math.max(POOLED_OBJECTS, liveObjects + SPARE_OBJECTS);
    }

    /** Creates what the subject needs, or gets its share of it. */
    protected abstract void open();

    /** Frees all resources; this thread has freed every object before. */
    protected void close() {}

    /** Makes a second thread of a workload; override for a subject that is faster on its own kind of thread. */
    protected Thread newThread(Runnable body) {
        return new Thread(body);
    }

    /** Called first in each second thread; override for a subject that must know its threads. */
    protected void enterThread() {}

    /** Allocates one object and frees it. */
    abstract void useOnce();

    /** Ends the helper threads of the workloads, and frees the objects that they still hold. */
    void stopHelpers() {}
}
