package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Threads;

/**
 * The same as {@link AddressBounded} for the objects of another subject, which has a bound.
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectBounded<T> extends AllocationBenchmark {

    /** Objects that a thread holds. */
    protected static final int BURST = AddressBounded.BURST;

    private final T[] held = ObjectBatch.newArray(BURST);
    private final ObjectPair<T> subject;

    /** Takes the subject of one thread, which is not open. */
    protected ObjectBounded(ObjectPair<T> subject) {
        this.subject = subject;
    }

    @Override
    protected final void open() {
        subject.objectSize = objectSize;
        subject.open();
    }

    @Override
    protected final void close() {
        subject.close();
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(1)
    public Object[] bounded1() {
        return burst(held);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(2)
    public Object[] bounded2() {
        return burst(held);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(4)
    public Object[] bounded4() {
        return burst(held);
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    @Threads(8)
    public Object[] bounded8() {
        return burst(held);
    }

    private T[] burst(T[] held) {
        for (int i = 0; i < BURST; i++) {
            held[i] = subject.take();
        }
        for (int i = 0; i < BURST; i++) {
            subject.give(held[i]);
        }
        return held;
    }

    @Override
    final void useOnce() {
        T[] held = ObjectBatch.newArray(BURST);
        EarlierThread.run(() -> burst(held));
    }
}
