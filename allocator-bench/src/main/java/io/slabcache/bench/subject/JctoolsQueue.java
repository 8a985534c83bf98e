package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;
import org.jctools.queues.MpmcArrayQueue;

/**
 * JCTools' queue for many threads at both ends, as a pool.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'JctoolsQueue\.' -prof gc}
 */
@Subject(id = "jctools-queue", group = Subject.Group.PEER, about = "JCTools MpmcArrayQueue of 4,096 segments as a pool")
public class JctoolsQueue extends PooledSegments {

    private MpmcArrayQueue<MemorySegment> queue;

    @Override
    void openQueue() {
        queue = new MpmcArrayQueue<>(POOLED_OBJECTS);
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
