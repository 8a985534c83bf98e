package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * Runs the pair in several threads at once, which share the allocator but no object: it shows how much concurrent
 * threads slow each other down. The main job counts the objects of all threads together; JMH's average time, without
 * {@code -bm thrpt}, is that of one thread.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.(contended|oversubscribed)$' -bm thrpt}
 *
 * @param <T> the type of the objects
 */
public abstract class ObjectContended<T> extends ObjectHandOver<T> {

    /** A thread for each processor. */
    @Benchmark
    @Threads(Threads.MAX)
    public T contended() {
        return pair();
    }

    /**
     * More threads than processors, so that some are descheduled in the middle of a call. The main job uses four for
     * each processor, JMH's own command line these eight or the number in {@code -t}.
     */
    @Benchmark
    @Threads(8)
    public T oversubscribed() {
        return pair();
    }
}
