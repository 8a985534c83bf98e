package io.slabcache.nio;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.internal.views.ObjectViews;
import io.slabcache.internal.views.ViewBulk;
import io.slabcache.internal.views.ViewMaker;
import io.slabcache.internal.views.ViewMisuse;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cache as direct buffers, one for each object, without garbage.
 *
 * <pre>{@code
 * ByteBufferPool buffers = ByteBufferPool.of(cache, ByteOrder.nativeOrder());
 * ByteBuffer buffer = buffers.allocate();     // position 0, limit and capacity cache.objectSize()
 * buffer.putLong(42).flip();
 * channel.write(buffer);
 * buffers.free(buffer);
 * }</pre>
 *
 * <p>The buffers work with every channel, blocking, non-blocking and asynchronous, and with direct I/O if the cache's
 * {@code alignment} and {@code objectSize} are multiples of the file store's block size. Free a buffer when the
 * operation on it is over, for an asynchronous channel in its completion handler: an object that is freed earlier may
 * belong to another owner, whose bytes the operation would read or write.
 *
 * <p>The buffer of an object is made at its first use and takes 64 bytes of the Java heap, beside the object's segment.
 * All pools of a cache share it. A free accepts that buffer only: slices, duplicates, read-only views and buffers of
 * {@link MemorySegment#asByteBuffer} are refused, because they may cover less, or be in use elsewhere.
 * {@link SlabCache#freeBuffer} takes the latter. The search for leaks does not watch pooled buffers.
 *
 * <p>Threads: any thread may call every method, and free what another one allocated. A buffer itself belongs to one
 * thread at a time, like any {@link ByteBuffer}. Every call throws {@link IllegalStateException} once the cache is
 * closed, and so does every use of a buffer.
 */
public final class ByteBufferPool {
    /** The address bits that {@link ByteBuffer#alignmentOffset} tells, which is neither restricted nor makes garbage. */
    private static final int ADDRESS_BITS = 30;

    private final long objectSize;
    private final ObjectViews<ByteBuffer> views;
    private final ViewBulk<ByteBuffer> bulk;
    private final ViewMisuse misuse;

    /** Makes buffers of one order. */
    private static final class Maker extends ViewMaker<ByteBuffer> {
        private final ByteOrder order;

        Maker(ByteOrder order) {
            this.order = order;
        }

        @Override
        protected ByteBuffer make(MemorySegment object) {
            return object.asByteBuffer();
        }

        @Override
        protected ByteBuffer ready(ByteBuffer view, long address) {
            return view.clear().order(order);
        }
    }

    private ByteBufferPool(SlabCache cache, ByteOrder order) {
        this.objectSize = cache.objectSize();
        this.views = ObjectViews.ofByteBuffers(cache.id(), new Maker(order));
        this.bulk = new ViewBulk<>(views, this::addressOrReport);
        this.misuse = new ViewMisuse(views);
    }

    /**
     * Returns the objects of a cache as big-endian buffers, the default of {@link ByteBuffer}.
     *
     * @param cache that the pool allocates from and frees to
     * @return a pool without objects of its own
     * @throws IllegalStateException if the cache is closed
     */
    public static ByteBufferPool of(SlabCache cache) {
        return of(cache, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Returns the objects of a cache as buffers.
     *
     * @param cache that the pool allocates from and frees to
     * @param order that each buffer has when it is allocated, such as {@link ByteOrder#nativeOrder()}
     * @return a pool without objects of its own
     * @throws IllegalStateException if the cache is closed
     */
    public static ByteBufferPool of(SlabCache cache, ByteOrder order) {
        return new ByteBufferPool(Objects.requireNonNull(cache, "cache"), Objects.requireNonNull(order, "order"));
    }

    /**
     * Allocates an object with unspecified contents.
     *
     * @return its buffer, cleared and in this pool's order
     * @throws CacheExhaustedException at the bound of the cache
     * @throws OutOfMemoryError as {@link SlabCache#allocate()}
     */
    public ByteBuffer allocate() {
        return views.allocate();
    }

    /**
     * Allocates like {@link #allocate()}, but returns {@code null} at the bound.
     *
     * @return a buffer or {@code null}
     */
    public @Nullable ByteBuffer tryAllocate() {
        return views.tryAllocate();
    }

    /**
     * Allocates many objects or none, for a scattering read, for example.
     *
     * @param buffers gets the buffers, cleared and in this pool's order; untouched if there are not enough objects
     * @param offset of the first
     * @param count how many, 0 or more
     * @return false at the bound
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public boolean allocateBulk(ByteBuffer[] buffers, int offset, int count) {
        return bulk.allocate(buffers, offset, count);
    }

    /**
     * Frees an object, wherever position and limit of its buffer are.
     *
     * @param buffer that a pool of the same cache has handed out
     * @throws InvalidFreeException if it is not the buffer of a live object of the cache; nothing has changed
     */
    public void free(ByteBuffer buffer) {
        if (buffer == null
                || !buffer.isDirect()
                || !views.tryFree(buffer, buffer.alignmentOffset(0, 1 << ADDRESS_BITS))) {
            freeSlowly(buffer);
        }
    }

    private void freeSlowly(@Nullable ByteBuffer buffer) {
        if (buffer == null || !buffer.isDirect() || !views.free(buffer, address(buffer))) {
            refuse(buffer);
        }
    }

    /** The address of the first byte of a direct buffer, wherever its position is. */
    private static long address(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).address() - buffer.position();
    }

    private long addressOrReport(@Nullable ByteBuffer buffer) {
        long address = 0;
        if (buffer != null && buffer.isDirect()) {
            address = views.quickAddress(buffer, buffer.alignmentOffset(0, 1 << ADDRESS_BITS));
            address = address != 0 ? address : views.addressOf(buffer, address(buffer));
        }
        if (address == 0) {
            refuse(buffer);
        }
        return address;
    }

    /**
     * Frees many objects or, if one of the buffers is refused, none.
     *
     * @param buffers of the objects
     * @param offset of the first
     * @param count how many, 0 or more
     * @throws InvalidFreeException for the first bad entry
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public void freeBulk(ByteBuffer[] buffers, int offset, int count) {
        bulk.free(buffers, offset, count);
    }

    /**
     * Returns the buffer of an object that was allocated in another form. Neither its position and limit nor its order
     * are changed.
     *
     * @param address of the object
     * @return always the same instance for the same object
     * @throws IllegalArgumentException if no object of the cache starts there
     */
    public ByteBuffer buffer(long address) {
        return views.of(address);
    }

    private void refuse(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            misuse.refuse(0, InvalidFreeException.Kind.NULL, "null", "did a tryAllocate fail?");
        } else if (!buffer.isDirect()) {
            misuse.refuse(
                    0,
                    InvalidFreeException.Kind.FOREIGN,
                    "a heap buffer of " + buffer.capacity() + " bytes",
                    "is it from ByteBuffer.allocate or wrap?");
        } else {
            misuse.refuse(
                    address(buffer),
                    buffer.capacity(),
                    buffer.isReadOnly() ? "a read-only buffer" : "a buffer",
                    mistake(buffer));
        }
    }

    private String mistake(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            return "is this asReadOnlyBuffer() of it?";
        }
        if (buffer.capacity() != objectSize) {
            return "is this slice() of it?";
        }
        return "is this duplicate() of it, or asByteBuffer() of its segment, for which there is"
                + " SlabCache.freeBuffer?";
    }

    @Override
    public String toString() {
        return "buffers of " + views;
    }
}
