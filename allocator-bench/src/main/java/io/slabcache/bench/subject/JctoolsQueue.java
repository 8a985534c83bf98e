package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;
import org.jctools.queues.MpmcArrayQueue;

/**
 * JCTools' queue for many producers and consumers, as a pool.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'JctoolsQueue\.' -prof gc}
 */
@Subject(
        id = "jctools-queue",
        group = Subject.Group.PEER,
        about = "JCTools MpmcArrayQueue of segments as a pool, filled before",
        lacks = "a pool that is filled before must know how many objects thousands of threads hold")
public class JctoolsQueue extends PooledSegments {

    private static final Shared<MpmcArrayQueue<MemorySegment>> QUEUE = new Shared<>();

    private MpmcArrayQueue<MemorySegment> queue;

    @Override
    protected void open() {
        queue = QUEUE.open(() -> fill(new MpmcArrayQueue<>(capacity())));
    }

    @Override
    protected void close() {
        QUEUE.close();
    }

    @Override
    protected MemorySegment take() {
        return queue.poll();
    }

    @Override
    protected void give(MemorySegment object) {
        queue.offer(object);
    }
}
