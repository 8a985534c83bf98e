package io.slabcache.tests.jcstress;

import io.slabcache.SlabAllocator;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabAllocatorStats;
import java.lang.foreign.MemorySegment;

/** An allocator of which objects of one size are asked for. It has no bound, and its magazines cannot be flushed. */
record AllocatorPool(SlabAllocator allocator) implements Pool {
    AllocatorPool() {
        this(SlabAllocator.builder("sample").build());
    }

    @Override
    public Pool local() {
        return this;
    }

    @Override
    public MemorySegment tryAllocate() {
        return allocator.allocate(Caches.OBJECT_BYTES);
    }

    @Override
    public MemorySegment tryAllocateCached() {
        return tryAllocate();
    }

    @Override
    public boolean allocateBulk(MemorySegment[] objects) {
        for (int i = 0; i < objects.length; i++) {
            objects[i] = tryAllocate();
        }
        return true;
    }

    @Override
    public boolean free(MemorySegment object) {
        try {
            allocator.free(object);
            return true;
        } catch (InvalidFreeException e) {
            if (e.kind() != Kind.DOUBLE_FREE) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void flush() {}

    @Override
    public long shrink() {
        return allocator.shrink();
    }

    @Override
    public MemorySegment segment(long address) {
        return allocator.segment(address, Caches.OBJECT_BYTES);
    }

    @Override
    public long[] counts() {
        SlabAllocatorStats stats = allocator.stats();
        return new long[] {stats.allocations(), stats.frees(), stats.liveObjects()};
    }

    @Override
    public boolean close() {
        try {
            allocator.close();
            return true;
        } catch (LiveObjectsException e) {
            return false;
        }
    }

    @Override
    public void closeNow() {
        allocator.closeNow();
    }
}
