package io.slabcache.bench.workload;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * Does the pair in several threads at once, which share the allocator but no object: what is left of a
 * thread's speed when others allocate too. The main job counts the objects of all threads together;
 * JMH's average time, without {@code -bm thrpt}, is that of one thread.
 *
 * <p>{@code java -jar allocator-bench.jar jmh '\.(contended|oversubscribed)$' -bm thrpt}
 *
 * @param <T> what the subject hands out
 */
public abstract class ObjectContended<T> extends ObjectHandOver<T> {

    /** A thread for each processor. */
    @Benchmark
    @Threads(Threads.MAX)
    public T contended() {
        return pair();
    }

    /**
     * More threads than processors, so that some lose theirs in the middle of a call. The main job
     * takes four for each processor, JMH's own command line these eight or what {@code -t} says.
     */
    @Benchmark
    @Threads(8)
    public T oversubscribed() {
        return pair();
    }
}
