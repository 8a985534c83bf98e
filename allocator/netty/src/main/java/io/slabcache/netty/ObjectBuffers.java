package io.slabcache.netty;

import io.netty.buffer.ByteBufAllocator;
import io.slabcache.SlabAllocator;
import io.slabcache.internal.views.SizedViews;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of an allocator's objects. Each object up to 64 KiB keeps its buffer; a larger one has a buffer for one
 * life only. A buffer that grows exchanges objects with the buffer of the larger object, so each stays with one.
 */
final class ObjectBuffers implements SlabByteBuf.Pool {
    private final ByteBufAllocator allocator;
    private final SlabAllocator slabs;
    private final SizedViews<SlabByteBuf> kept;

    ObjectBuffers(ByteBufAllocator allocator, SlabAllocator slabs) {
        this.allocator = allocator;
        this.slabs = slabs;
        this.kept = SizedViews.byteBufs(slabs);
    }

    @Override
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** {@return the buffer of a new object, not begun yet} */
    SlabByteBuf allocate(int capacity) {
        int bytes = Math.max(capacity, 1);
        SlabByteBuf quick = bytes <= SizedViews.LARGEST ? kept.tryAllocate(bytes) : null;
        if (quick != null && quick.isOf(this)) {
            quick.reserve(bytes);
            return quick;
        }
        return allocateSlow(bytes, quick);
    }

    private SlabByteBuf allocateSlow(int bytes, @Nullable SlabByteBuf ofOther) {
        if (ofOther != null) {
            return create(ofOther.address(), bytes);
        }
        long address = slabs.allocateAddress(bytes);
        SlabByteBuf found = kept.get(address);
        if (found == null || !found.isOf(this)) {
            return create(address, bytes);
        }
        found.reserve(bytes);
        return found;
    }

    /** The object goes back if its buffer cannot be made because the heap is full. */
    private SlabByteBuf create(long address, int bytes) {
        boolean done = false;
        try {
            @Nullable MemorySegment all = kept.object(address);
            MemorySegment memory = all != null ? all : slabs.segment(address, bytes);
            SlabByteBuf created = new SlabByteBuf(this, address, kept.place(address), memory, kept.isExact(address));
            kept.put(address, created);
            created.reserve(bytes);
            done = true;
            return created;
        } finally {
            if (!done) {
                slabs.freeAddress(address);
            }
        }
    }

    /** Lets an object forget its buffer until the buffer is freed. */
    void detach(SlabByteBuf buffer) {
        buffer.setDetached(true);
        kept.put(buffer.address(), null);
    }

    @Override
    public void move(SlabByteBuf buffer, int capacity) {
        SlabByteBuf other = allocate(capacity);
        MemorySegment.copy(buffer.memory(), 0, other.memory(), 0, buffer.capacity());
        buffer.exchangeObject(other);
        kept.put(buffer.address(), buffer.isDetached() ? null : buffer);
        kept.put(other.address(), other);
        free(other);
    }

    @Override
    public void free(SlabByteBuf buffer) {
        long address = buffer.address();
        if (buffer.isDetached()) {
            buffer.setDetached(false);
            kept.put(address, buffer);
        }
        try {
            Object place = buffer.place();
            if (place != null) {
                kept.free(place, buffer.size(), address);
            } else {
                slabs.freeAddress(address);
            }
        } catch (IllegalStateException e) {
            // A closed allocator has given the memory back already, and a pipeline that ends later does no harm.
            if (slabs.owns(address)) {
                throw e;
            }
        }
    }
}
