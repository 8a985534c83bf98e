package io.slabcache.agrona;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.internal.views.ObjectViews;
import io.slabcache.internal.views.ViewBulk;
import io.slabcache.internal.views.ViewMaker;
import io.slabcache.internal.views.ViewMisuse;
import java.lang.foreign.MemorySegment;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cache as {@link UnsafeBuffer}s, one for each object, without garbage.
 *
 * <pre>{@code
 * BufferPool buffers = BufferPool.of(cache);
 * UnsafeBuffer buffer = buffers.allocate();       // capacity cache.objectSize()
 * buffer.putLong(0, 42);
 * buffers.free(buffer);
 * }</pre>
 *
 * <p>A program that keeps addresses uses one flyweight for all objects: {@link #wrap}.
 *
 * <p>Agrona needs the flag {@code --add-exports java.base/jdk.internal.misc=ALL-UNNAMED}, or {@code =org.agrona} on the
 * module path.
 *
 * <p>The buffer of an object is made at its first use and takes 32 bytes of the Java heap. All pools of a cache share
 * it. A free accepts that buffer only, because another one of the same memory may cover less, or be in use elsewhere.
 * Its owner may {@code wrap} it around a part of its object that has the same start: the next owner gets it wrapped around
 * the whole object again. While it is wrapped around anything else, a free refuses it.
 *
 * <p><b>Agrona's buffers use addresses, as {@link SlabCache#allocateAddress} does.</b> Nothing checks a use after the
 * free, and a use after the cache was closed, or after a {@link SlabCache#shrink} that gave the memory back, can end
 * the JVM. The contents of a buffer are unspecified when it is allocated.
 *
 * <p>Threads: any thread may call every method, and free what another one allocated. Every call throws {@link
 * IllegalStateException} once the cache is closed.
 */
public final class BufferPool {
    private static final String OTHER = "is it another buffer of the same memory, or was wrap called on it?";

    private final SlabCache cache;
    private final int objectSize;
    private final ObjectViews<UnsafeBuffer> views;
    private final ViewBulk<UnsafeBuffer> bulk;
    private final ViewMisuse misuse;

    /** Makes buffers, and wraps those that their last owner has wrapped around something else. */
    private static final class Maker extends ViewMaker<UnsafeBuffer> {
        private final int objectSize;

        Maker(int objectSize) {
            this.objectSize = objectSize;
        }

        @Override
        protected UnsafeBuffer make(MemorySegment object) {
            return new UnsafeBuffer(object.address(), objectSize);
        }

        @Override
        protected UnsafeBuffer ready(UnsafeBuffer view, long address) {
            if (view.addressOffset() != address
                    || view.capacity() != objectSize
                    || view.byteArray() != null
                    || view.byteBuffer() != null) {
                view.wrap(address, objectSize);
            }
            return view;
        }
    }

    private BufferPool(SlabCache cache) {
        this.cache = cache;
        this.objectSize = (int) cache.objectSize();
        this.views = ObjectViews.ofUnsafeBuffers(cache.id(), new Maker(objectSize));
        this.bulk = new ViewBulk<>(views, this::addressOrReport);
        this.misuse = new ViewMisuse(views);
    }

    /**
     * Returns the objects of a cache as buffers.
     *
     * @param cache that the pool allocates from and frees to
     * @return a pool without objects of its own
     * @throws IllegalCallerException if the JVM denies Agrona access to its memory; the message names the flag
     * @throws IllegalStateException if the cache is closed
     */
    public static BufferPool of(SlabCache cache) {
        UnsafeAccess.require();
        return new BufferPool(cache);
    }

    /**
     * Allocates an object with unspecified contents.
     *
     * @return its buffer
     * @throws CacheExhaustedException at the bound of the cache
     * @throws OutOfMemoryError as {@link SlabCache#allocate()}
     */
    public UnsafeBuffer allocate() {
        return views.allocate();
    }

    /**
     * Allocates like {@link #allocate()}, but returns {@code null} at the bound.
     *
     * @return a buffer or {@code null}
     */
    public @Nullable UnsafeBuffer tryAllocate() {
        return views.tryAllocate();
    }

    /**
     * Allocates many objects or none.
     *
     * @param buffers gets the buffers; untouched if there are not enough objects
     * @param offset of the first
     * @param count how many, 0 or more
     * @return false at the bound
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public boolean allocateBulk(UnsafeBuffer[] buffers, int offset, int count) {
        return bulk.allocate(buffers, offset, count);
    }

    /**
     * Frees an object.
     *
     * @param buffer that a pool of the same cache has handed out, wrapped around the start of its object
     * @throws InvalidFreeException if it is not the buffer of a live object of the cache; nothing has changed
     */
    public void free(DirectBuffer buffer) {
        if (!(buffer instanceof UnsafeBuffer view) || !views.tryFree(view, view.addressOffset())) {
            freeSlowly(buffer);
        }
    }

    private void freeSlowly(@Nullable DirectBuffer buffer) {
        if (!(buffer instanceof UnsafeBuffer view) || !views.free(view, view.addressOffset())) {
            refuse(buffer);
        }
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
    public void freeBulk(UnsafeBuffer[] buffers, int offset, int count) {
        bulk.free(buffers, offset, count);
    }

    private long addressOrReport(@Nullable UnsafeBuffer buffer) {
        long address = 0;
        if (buffer != null) {
            address = views.quickAddress(buffer, buffer.addressOffset());
            address = address != 0 ? address : views.addressOf(buffer, buffer.addressOffset());
        }
        if (address == 0) {
            refuse(buffer);
        }
        return address;
    }

    /**
     * Returns the buffer of an object that was allocated in another form. For the owner of the object.
     *
     * @param address of the object
     * @return always the same instance for the same object
     * @throws IllegalArgumentException if no object of the cache starts there
     */
    public UnsafeBuffer buffer(long address) {
        return views.of(address);
    }

    /**
     * Wraps a flyweight around an object, so that a program which keeps addresses needs one buffer for all of them.
     *
     * @param flyweight any buffer but one of a pool
     * @param address of an object
     * @throws IllegalArgumentException if no object of the cache starts there; the flyweight is unchanged
     */
    public void wrap(DirectBuffer flyweight, long address) {
        if (!cache.owns(address)) {
            // Throws, unless a slab was added there meanwhile.
            views.of(address);
        }
        flyweight.wrap(address, objectSize);
    }

    private void refuse(@Nullable DirectBuffer buffer) {
        if (buffer == null) {
            misuse.refuse(0, InvalidFreeException.Kind.NULL, "null", "did a tryAllocate fail?");
        } else if (buffer.byteArray() != null) {
            misuse.refuse(0, InvalidFreeException.Kind.FOREIGN, "a buffer of an array on the heap", OTHER);
        } else {
            misuse.refuse(buffer.addressOffset(), buffer.capacity(), "a buffer", OTHER);
        }
    }

    @Override
    public String toString() {
        return "buffers of " + views;
    }
}
