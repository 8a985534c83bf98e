package io.slabcache.tests.jcstress;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Regions that are used again for the next sample: to make and to close an arena takes longer than all that a sample
 * does. Their handles outlive them, so this is only for scenarios that look at nothing after the close.
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
