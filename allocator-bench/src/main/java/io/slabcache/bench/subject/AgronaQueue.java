package io.slabcache.bench.subject;

import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Agrona's queue for many producers and consumers, as a pool. It also reports empty or full when it comes round to a
 * slot whose thread was stopped in the middle of a call; the pool then yields to that thread.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'AgronaQueue\.' -prof gc}
 */
@Subject(
        id = "agrona-queue",
        group = Subject.Group.PEER,
        about = "Agrona ManyToManyConcurrentArrayQueue of segments as a pool, filled before",
        lacks = "a pool that is filled before must know how many objects thousands of threads hold")
public class AgronaQueue extends PooledSegments {

    private static final Shared<ManyToManyConcurrentArrayQueue<MemorySegment>> QUEUE = new Shared<>();

    private ManyToManyConcurrentArrayQueue<MemorySegment> queue;

    @Override
    protected void open() {
        queue = QUEUE.open(() -> fill(new ManyToManyConcurrentArrayQueue<>(capacity())));
    }

    @Override
    protected void close() {
        QUEUE.close();
    }

    @Override
    protected MemorySegment take() {
        MemorySegment object;
        while ((object = queue.poll()) == null) {
            Thread.yield();
        }
        return object;
    }

    @Override
    protected void give(MemorySegment object) {
        while (!queue.offer(object)) {
            Thread.yield();
        }
    }
}
