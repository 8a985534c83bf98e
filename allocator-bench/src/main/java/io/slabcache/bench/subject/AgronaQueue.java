package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Agrona's queue for many threads at both ends, as a pool.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'AgronaQueue\.' -prof gc}
 */
@Subject(
        id = "agrona-queue",
        group = Subject.Group.PEER,
        about = "Agrona ManyToManyConcurrentArrayQueue of 4,096 segments as a pool")
public class AgronaQueue extends PooledSegments {

    private ManyToManyConcurrentArrayQueue<MemorySegment> queue;

    @Override
    void openQueue() {
        queue = new ManyToManyConcurrentArrayQueue<>(POOLED_OBJECTS);
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
