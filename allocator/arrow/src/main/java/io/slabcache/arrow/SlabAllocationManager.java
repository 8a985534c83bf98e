package io.slabcache.arrow;

import io.slabcache.SlabAllocator;
import java.util.Objects;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/**
 * The memory of one Arrow buffer, as an object of a {@link SlabAllocator}. Arrow makes it; a program only passes the
 * factory to its root allocator:
 *
 * <pre>{@code
 * try (SlabAllocator memory = SlabAllocator.builder("arrow").build();
 *         BufferAllocator root = new RootAllocator(RootAllocator.configBuilder()
 *                 .allocationManagerFactory(SlabAllocationManager.factory(memory))
 *                 .build())) {
 *     ArrowBuf buffer = root.buffer(1_024);
 *     buffer.close();
 * }
 * }</pre>
 *
 * <p>Everything else is Arrow's: reference counts, child allocators and their limits, transfers, and the check for leaks
 * when an allocator is closed. Arrow rounds the size of a buffer up to a power of two, each of which from 16 bytes to 64
 * KiB is a size class. Buffers of 64 bytes or more begin at a multiple of 64; smaller ones at a multiple of 8 or more.
 * The bytes of a new buffer are unspecified, as with Arrow's own managers.
 *
 * <p>For any thread. A buffer may be released by another thread than the one that allocated it.
 */
public final class SlabAllocationManager extends AllocationManager {
    private final SlabAllocator allocator;
    private final long address;
    private final long size;

    SlabAllocationManager(BufferAllocator accounting, SlabAllocator allocator, long address, long size) {
        super(accounting);
        this.allocator = allocator;
        this.address = address;
        this.size = size;
    }

    /**
     * Returns a factory for Arrow's root allocators, which passes all their buffers' memory through one slab allocator.
     * The slab allocator stays the caller's: close it after the root allocators. Its {@link SlabAllocator#close} then
     * throws if buffers are still live, and names them.
     *
     * <p>If the slab allocator has no memory left, Arrow's callers get an {@link OutOfMemoryException}.
     *
     * @param allocator open; may be shared by several root allocators, and with other code
     * @return a factory, for any thread
     * @throws UnsupportedOperationException if the JVM was started without the flag that lets Arrow make {@link
     *     java.nio.ByteBuffer}s of its memory; names the flag
     */
    public static AllocationManager.Factory factory(SlabAllocator allocator) {
        Objects.requireNonNull(allocator, "allocator");
        ArrowFlag.require();
        return new SlabFactory(allocator);
    }

    /** {@return the bytes of the buffer, as Arrow asked for them and accounts for them} */
    @Override
    public long getSize() {
        return size;
    }

    @Override
    protected long memoryAddress() {
        return address;
    }

    @Override
    protected void release0() {
        allocator.freeAddress(address);
    }
}
