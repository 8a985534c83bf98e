package io.slabcache.bench.subject;

import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.bench.workload.ObjectHandOver;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Segments from each thread's {@link LocalCache}, with the standard checks.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'SlabcacheLocalSegment\.' -prof gc}
 */
@Subject(
        id = "slabcache-local-segment",
        group = Subject.Group.SLABCACHE,
        about = "LocalCache, MemorySegment, standard checks",
        lacks = "each thread would need a LocalCache of its own, as the two of a hand-over have")
public class SlabcacheLocalSegment extends ObjectHandOver<MemorySegment> {

    private SlabCache cache;
    private LocalCache local;

    /** Owned by the second thread, while there is one. */
    private LocalCache other;

    @Override
    protected void open() {
        cache = SlabCache.builder("bench", objectSize).build();
        local = cache.local();
    }

    @Override
    protected void enterThread() {
        other = cache.local();
    }

    @Override
    protected MemorySegment take() {
        return local.allocate();
    }

    @Override
    protected void give(MemorySegment object) {
        local.free(object);
    }

    @Override
    protected void write(MemorySegment object, long value) {
        object.set(ValueLayout.JAVA_LONG, 0, value);
    }

    @Override
    protected void receive(MemorySegment object) {
        other.free(object);
    }

    @Override
    protected void close() {
        cache.close();
    }
}
