package io.slabcache.bench.subject;

import io.slabcache.bench.workload.ObjectContended;
import io.slabcache.bench.workload.Shared;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import stormpot.Pool;
import stormpot.PoolTap;
import stormpot.Pooled;
import stormpot.Timeout;

/**
 * Stormpot's pool of objects that are there from the start, which never expire, so no thread works beside it. Each
 * measuring thread has a tap of its own.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'StormpotPool\.' -prof gc}
 */
@Subject(
        id = "stormpot",
        group = Subject.Group.PEER,
        about = "Stormpot Pool.of(segments), without expiration, a single-threaded tap for each thread",
        lacks = "a pool that is filled before must know how many objects thousands of threads hold")
public class StormpotPool extends ObjectContended<Pooled<MemorySegment>> {

    private static final Shared<Pool<Pooled<MemorySegment>>> POOL = new Shared<>(Pool::shutdown);

    private static final Timeout LONG = new Timeout(1, TimeUnit.MINUTES);

    private PoolTap<Pooled<MemorySegment>> tap;

    @Override
    protected void open() {
        tap = POOL.open(this::fill).getSingleThreadedTap();
    }

    private Pool<Pooled<MemorySegment>> fill() {
        MemorySegment[] segments = new MemorySegment[pooledObjects()];
        MemorySegment block = Arena.ofAuto().allocate((long) segments.length * objectSize, 64);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = block.asSlice((long) i * objectSize, objectSize);
        }
        return Pool.of(segments);
    }

    @Override
    protected Pooled<MemorySegment> take() {
        try {
            return tap.claim(LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void write(Pooled<MemorySegment> object, long value) {
        object.getObject().set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Override
    protected void give(Pooled<MemorySegment> object) {
        object.release();
    }

    @Override
    protected void close() {
        POOL.close();
    }
}
