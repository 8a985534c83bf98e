package io.slabcache.tests.jcstress;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Regions that the next sample uses again: to make and close an arena takes longer than the rest of a sample. Their
 * handles survive the close, so scenarios that read memory after the close cannot use them.
 */
final class RecycledMemory implements MemorySource {
    private static final long REGION_BYTES = Caches.BOUND * Caches.OBJECT_BYTES;

    private final Queue<MemorySegment> unused = new ConcurrentLinkedQueue<>();

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        MemorySegment found = unused.poll();
        MemorySegment segment = found != null ? found : Arena.global().allocate(REGION_BYTES, alignment);
        return new MemoryRegion() {
            @Override
            public MemorySegment segment() {
                return segment;
            }

            @Override
            public void close() {
                unused.add(segment);
            }
        };
    }
}
