package io.slabcache.netty;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;

/**
 * The events that Netty's own pools emit, for recordings and tools that know them by their names and fields. Netty's
 * classes are not public. Off unless a recording enables them, and where the module {@code jdk.jfr} is missing.
 */
final class BufferEvents {
    private static final boolean IS_AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent()
                    && !"false".equals(System.getProperty("io.netty.jfr.enabled"));

    /** Objects up to this size are of size classes; larger ones are regions of their own. */
    private static final int LARGEST_POOLED = 64 << 10;

    private BufferEvents() {}

    static void allocated(ByteBuf buffer, long memory) {
        if (IS_AVAILABLE && Allocation.SAMPLE.isEnabled()) {
            Allocation event = new Allocation();
            event.chunkPooled = buffer.maxFastWritableBytes() + buffer.writerIndex() <= LARGEST_POOLED;
            event.send(buffer, memory);
        }
    }

    static void reallocated(ByteBuf buffer, long memory, int newCapacity) {
        if (IS_AVAILABLE && Reallocation.SAMPLE.isEnabled()) {
            Reallocation event = new Reallocation();
            event.newCapacity = newCapacity;
            event.send(buffer, memory);
        }
    }

    static void freed(ByteBuf buffer, long memory) {
        if (IS_AVAILABLE && Deallocation.SAMPLE.isEnabled()) {
            new Deallocation().send(buffer, memory);
        }
    }

    /** The fields that all events have in common. */
    @Enabled(false)
    @Category("Netty")
    private abstract static class BufferEvent extends Event {
        @Description("The type of allocator this event is for")
        @Label("Allocator type")
        public Class<?> allocatorType = AbstractByteBufAllocator.class;

        @DataAmount
        @Description("Capacity of the buffer")
        public int size;

        @DataAmount
        @Description("Capacity that the buffer can have in its memory")
        public int maxFastCapacity;

        @DataAmount
        @Description("Largest capacity that the buffer can be given")
        public int maxCapacity;

        @Description("Whether the memory is native")
        public boolean direct;

        @MemoryAddress
        @Description("The address of the memory")
        public long address;

        final void send(ByteBuf buffer, long memory) {
            if (!shouldCommit()) {
                return;
            }
            allocatorType = buffer.alloc().getClass();
            size = buffer.capacity();
            maxFastCapacity = buffer.maxFastWritableBytes() + buffer.writerIndex();
            maxCapacity = buffer.maxCapacity();
            direct = buffer.isDirect();
            address = memory;
            commit();
        }
    }

    @Name("io.netty.AllocateBuffer")
    @Label("Buffer Allocation")
    @Description("A buffer was allocated, or given other memory")
    private static final class Allocation extends BufferEvent {
        private static final Allocation SAMPLE = new Allocation();

        @Description("Whether the memory is an object of a size class, not a region of its own")
        public boolean chunkPooled;

        @Description("Whether the memory is in a slab that one thread alone uses; no slab is")
        public boolean chunkThreadLocal;
    }

    @Name("io.netty.ReallocateBuffer")
    @Label("Buffer Reallocation")
    @Description("A buffer gets other memory, because it grows")
    private static final class Reallocation extends BufferEvent {
        private static final Reallocation SAMPLE = new Reallocation();

        @DataAmount
        @Description("The capacity that was asked for")
        public int newCapacity;
    }

    @Name("io.netty.FreeBuffer")
    @Label("Buffer Deallocation")
    @Description("A buffer was freed")
    private static final class Deallocation extends BufferEvent {
        private static final Deallocation SAMPLE = new Deallocation();
    }
}
