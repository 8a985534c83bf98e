package io.slabcache.arrow;

import io.slabcache.SlabAllocator;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.ReferenceManager;

/** Takes the memory of Arrow's buffers from one slab allocator. */
final class SlabFactory implements AllocationManager.Factory {
    /** What Arrow's specification recommends, for vector instructions of native readers. */
    private static final long ALIGNMENT = 64;

    private final SlabAllocator allocator;
    private final ArrowBuf empty = new ArrowBuf(ReferenceManager.NO_OP, null, 0, 0);

    SlabFactory(SlabAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * The memory comes first. If there is none, Arrow knows nothing of the buffer yet, and its debug mode does not report
     * it as leaked.
     */
    @Override
    public AllocationManager create(BufferAllocator accounting, long size) {
        long address = allocate(accounting, size);
        try {
            return new SlabAllocationManager(accounting, allocator, address, size);
        } catch (Throwable e) {
            // The accounting allocator is closed, or the heap is full.
            allocator.freeAddress(address);
            throw e;
        }
    }

    private long allocate(BufferAllocator accounting, long size) {
        try {
            // A smaller buffer would take 64 bytes if it were aligned to them.
            return size < ALIGNMENT ? allocator.allocateAddress(size) : allocator.allocateAddress(size, ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw new OutOfMemoryException(
                    "Unable to allocate buffer of size " + size + " for allocator '" + accounting.getName()
                            + "': slab allocator '" + allocator.name() + "' has no memory left: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public ArrowBuf empty() {
        return empty;
    }
}
