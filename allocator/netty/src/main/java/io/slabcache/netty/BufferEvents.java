package io.slabcache.netty;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;

/**
 * The events that Netty's own pools emit, for recordings and tools that know them by their names and fields. Netty's
 * classes are not public. Off unless a recording enables them, and where the module {@code jdk.jfr} is missing.
 *
 * <p>No class of an event is loaded before the first recording, because that starts half of the flight recorder.
 */
final class BufferEvents {
    /** Whether there was a recording. Written by the recorder, read plainly: a thread may see it late. */
    private static boolean isRecorded;

    /** Objects up to this size are of size classes; larger ones are regions of their own. */
    private static final int LARGEST_POOLED = 64 << 10;

    private BufferEvents() {}

    /** Waits for the first recording. */
    static void prepare() {
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()
                && !"false".equals(System.getProperty("io.netty.jfr.enabled"))) {
            Waiting.FOR_RECORDER.begin();
        }
    }

    static void allocated(ByteBuf buffer, long memory) {
        if (isRecorded && Allocation.SAMPLE.isEnabled()) {
            Allocation event = new Allocation();
            event.chunkPooled = buffer.maxFastWritableBytes() + buffer.writerIndex() <= LARGEST_POOLED;
            event.send(buffer, memory);
        }
    }

    static void reallocated(ByteBuf buffer, long memory, int newCapacity) {
        if (isRecorded && Reallocation.SAMPLE.isEnabled()) {
            Reallocation event = new Reallocation();
            event.newCapacity = newCapacity;
            event.send(buffer, memory);
        }
    }

    static void freed(ByteBuf buffer, long memory) {
        if (isRecorded && Deallocation.SAMPLE.isEnabled()) {
            new Deallocation().send(buffer, memory);
        }
    }

    /** Registers the events at the first recording. The recorder keeps it. */
    private enum Waiting implements FlightRecorderListener {
        FOR_RECORDER;

        private final AtomicBoolean hasBegun = new AtomicBoolean();

        void begin() {
            if (!hasBegun.getAndSet(true)) {
                FlightRecorder.addListener(this);
            }
        }

        @Override
        public void recorderInitialized(FlightRecorder recorder) {
            FlightRecorder.register(Allocation.class);
            FlightRecorder.register(Reallocation.class);
            FlightRecorder.register(Deallocation.class);
            isRecorded = true;
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
