package io.slabcache.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A buffer in an object of an allocator. It is made at the first use of its object and lives with it: a later owner of
 * the object gets the same buffer with new indices and a new count. So an allocation makes no Java object.
 *
 * <p>The fields belong to the owner of the object, as its bytes do.
 */
final class SlabByteBuf extends TransferByteBuf {
    /** Where the objects come from. */
    interface Pool {
        /** {@return the allocator that users know} */
        ByteBufAllocator allocator();

        /** Gives a buffer a larger object with the same first bytes, and frees the one that it had. */
        void move(SlabByteBuf buffer, int capacity);

        /** Frees the object of a buffer without references. */
        void free(SlabByteBuf buffer);
    }

    private final Pool pool;
    private long address;

    /** Where the object is, for a quick free; null for an object without a slab. */
    private @Nullable Object place;

    /** The bytes of the memory. */
    private int size;

    private int capacity;

    /** The capacity can become this large without a move. */
    private int room;

    /** Whether the room is what the user asked for, not all of the memory, because the rest is watched for damage. */
    private boolean isExact;

    /** Whether the buffer is not found by its object, so that the collector can tell Netty that it was forgotten. */
    private boolean isDetached;

    SlabByteBuf(Pool pool, long address, @Nullable Object place, MemorySegment memory, boolean isExact) {
        super(memory);
        this.pool = pool;
        this.address = address;
        this.place = place;
        this.size = (int) memory.byteSize();
        this.isExact = isExact;
    }

    /** Prepares the buffer for a new owner of its object, who asked for some bytes. */
    void reserve(int bytes) {
        room = isExact ? bytes : size;
    }

    /** Starts a new life with one reference. */
    void begin(int initialCapacity, int maxCapacity) {
        maxCapacity(maxCapacity);
        capacity = initialCapacity;
        clear();
        markReaderIndex();
        markWriterIndex();
        resetRefCnt();
        BufferEvents.allocated(this, address);
    }

    /** Exchanges the objects of two buffers. */
    void exchangeObject(SlabByteBuf other) {
        exchangeMemory(other);
        long ownAddress = address;
        Object ownPlace = place;
        int ownSize = size;
        int ownRoom = room;
        boolean wasExact = isExact;
        address = other.address;
        place = other.place;
        size = other.size;
        room = other.room;
        isExact = other.isExact;
        other.address = ownAddress;
        other.place = ownPlace;
        other.size = ownSize;
        other.room = ownRoom;
        other.isExact = wasExact;
    }

    boolean isOf(Pool pool) {
        return this.pool == pool;
    }

    long address() {
        return address;
    }

    int size() {
        return size;
    }

    @Nullable
    Object place() {
        return place;
    }

    boolean isDetached() {
        return isDetached;
    }

    void setDetached(boolean detached) {
        isDetached = detached;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        checkNewCapacity(newCapacity);
        if (newCapacity > room) {
            BufferEvents.reallocated(this, address, newCapacity);
            pool.move(this, newCapacity);
            capacity = newCapacity;
            BufferEvents.allocated(this, address);
            return this;
        }
        if (newCapacity < capacity) {
            trimIndicesToCapacity(newCapacity);
        }
        capacity = newCapacity;
        return this;
    }

    @Override
    public int maxFastWritableBytes() {
        return Math.min(room, maxCapacity()) - writerIndex();
    }

    @Override
    public long memoryAddress() {
        ensureAccessible();
        if (!memory().scope().isAlive()) {
            throw new IllegalStateException(
                    "the SlabAllocator of this buffer was closed while the buffer was in use; expected a close after the"
                            + " event loops have ended");
        }
        return address;
    }

    @Override
    public ByteBufAllocator alloc() {
        return pool.allocator();
    }

    @Override
    protected void deallocate() {
        try {
            BufferEvents.freed(this, address);
        } finally {
            // The heap may be too full for an event.
            pool.free(this);
        }
    }
}
