package io.slabcache.netty;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.slabcache.SlabAllocator;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * An allocator of Netty whose direct buffers are objects of a {@link SlabAllocator}. The line {@code
 * bootstrap.childOption(ChannelOption.ALLOCATOR, buffers)} puts a server on it, and {@code option} instead of {@code
 * childOption} a client.
 *
 * <pre>{@code
 * try (SlabAllocator slabs = SlabAllocator.builder("netty").build()) {
 *     ByteBufAllocator buffers = SlabByteBufAllocator.of(slabs);
 *     ByteBuf buffer = buffers.buffer(1_000);
 *     buffer.writeLong(42);
 *     buffer.release();
 * }
 * }</pre>
 *
 * <p>Buffers are counted, sliced, composed, watched by Netty's leak detector and shown in Netty's JFR events as those of
 * Netty's own pools. An object up to 64 KiB keeps its {@link ByteBuf}, so an allocation makes no garbage. A larger buffer
 * is a region of the memory source, made for it and given back with it. {@link #buffer()} and {@link #ioBuffer()} are
 * direct on every JDK, with and without {@code --sun-misc-unsafe-memory-access=allow}. Heap buffers are arrays that the
 * collector frees, and are not pooled.
 *
 * <p>A buffer has room for its size class, and grows within it in place: see {@link ByteBuf#maxFastWritableBytes()}. Where
 * the {@code SlabAllocator} is debugged, it has room for what was asked for.
 *
 * <p>Threads: any thread may allocate, and release what another thread allocated.
 *
 * <p>The life of the memory is the life of the {@code SlabAllocator}. Close that after the event loops have ended: its
 * {@link SlabAllocator#close()} refuses while buffers are live. After {@link SlabAllocator#closeNow()} an access to a
 * buffer throws {@link IllegalStateException}, and a release does nothing more than count.
 */
public final class SlabByteBufAllocator extends AbstractByteBufAllocator implements ByteBufAllocatorMetricProvider {
    /** The largest number of components of a composite buffer, unless the caller says another one: that of Netty. */
    private static final int COMPONENTS = 16;

    private final SlabAllocator slabs;
    private final ObjectBuffers buffers;
    private final Metric metric;

    private SlabByteBufAllocator(SlabAllocator slabs) {
        super(true);
        BufferEvents.prepare();
        this.slabs = slabs;
        this.buffers = new ObjectBuffers(this, slabs);
        this.metric = new Metric(slabs);
    }

    /**
     * Makes an allocator of buffers. Size classes that are used for the first time after this call begin with slabs of 16 to
     * 128 KiB, not of 256 KiB to 1 MiB, because a server has few buffers of each of many sizes.
     *
     * @param slabs has the memory; it may serve other users at the same time
     * @return the allocator, for all channels of a program
     */
    public static SlabByteBufAllocator of(SlabAllocator slabs) {
        return new SlabByteBufAllocator(Objects.requireNonNull(slabs, "slabs"));
    }

    /** {@return the allocator that has the memory, for its statistics} */
    public SlabAllocator slabs() {
        return slabs;
    }

    /**
     * Returns how much memory is in use. Direct memory is what the {@code SlabAllocator} has reserved, for live and cached
     * objects of all its users; heap memory is the arrays of live heap buffers.
     *
     * @return the figures, always up to date
     */
    @Override
    public ByteBufAllocatorMetric metric() {
        return metric;
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        SlabByteBuf buffer = buffers.allocate(initialCapacity);
        boolean done = false;
        try {
            buffer.begin(initialCapacity, maxCapacity);
            ByteBuf watched = toLeakAwareBuffer(buffer);
            if (watched != buffer) {
                buffers.detach(buffer);
            }
            done = true;
            return watched;
        } finally {
            if (!done) {
                buffer.release();
            }
        }
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new HeapBuffer(this, initialCapacity, maxCapacity);
    }

    // Netty prefers direct buffers only where it can free its own at once.

    @Override
    public ByteBuf buffer() {
        return directBuffer();
    }

    @Override
    public ByteBuf buffer(int initialCapacity) {
        return directBuffer(initialCapacity);
    }

    @Override
    public ByteBuf buffer(int initialCapacity, int maxCapacity) {
        return directBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public CompositeByteBuf compositeBuffer() {
        return compositeDirectBuffer(COMPONENTS);
    }

    @Override
    public CompositeByteBuf compositeBuffer(int maxNumComponents) {
        return compositeDirectBuffer(maxNumComponents);
    }

    @Override
    public String toString() {
        return "SlabByteBufAllocator of " + slabs;
    }

    /** The figures that Netty asks for. */
    private static final class Metric implements ByteBufAllocatorMetric {
        private final SlabAllocator slabs;
        private final LongAdder heapBytes = new LongAdder();

        Metric(SlabAllocator slabs) {
            this.slabs = slabs;
        }

        @Override
        public long usedHeapMemory() {
            return heapBytes.sum();
        }

        @Override
        public long usedDirectMemory() {
            return slabs.stats().reservedBytes();
        }

        @Override
        public String toString() {
            return "usedHeapMemory: " + usedHeapMemory() + "; usedDirectMemory: " + usedDirectMemory();
        }
    }

    /** An array that is counted. */
    private static final class HeapBuffer extends UnpooledHeapByteBuf {
        HeapBuffer(SlabByteBufAllocator allocator, int initialCapacity, int maxCapacity) {
            super(allocator, initialCapacity, maxCapacity);
        }

        /** The constructor of Netty calls this once the allocator is known. */
        private LongAdder bytes() {
            ByteBufAllocator allocator = alloc();
            return ((SlabByteBufAllocator) allocator).metric.heapBytes;
        }

        @Override
        protected byte[] allocateArray(int initialCapacity) {
            byte[] array = super.allocateArray(initialCapacity);
            bytes().add(array.length);
            return array;
        }

        @Override
        protected void freeArray(byte[] array) {
            bytes().add(-array.length);
            super.freeArray(array);
        }
    }
}
