package io.slabcache;

import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The calls that allocate and free objects, with one contract for {@link SlabCache} (any thread) and {@link LocalCache}
 * (its own thread only, no look-up).
 *
 * <pre>{@code
 * void fill(ObjectAllocator cache, long[] batch) {
 *     if (!cache.allocateBulk(batch, 0, batch.length)) {
 *         shedLoad();         // at the bound: no object was allocated
 *     }
 * }
 * }</pre>
 *
 * <p>An object is exactly {@code objectSize} bytes of off-heap memory, as a {@link MemorySegment} or, where a
 * nanosecond matters, as a raw address. Both forms may be mixed. An object may be passed to any thread, and any thread
 * may free it. A free happens-before the next allocation that returns the same object.
 *
 * <p>A cache is at its bound when {@code maxObjects} objects are in use, and when it cannot grow because its {@link
 * io.slabcache.memory.MemoryBudget} is spent. In the second case a call throws an {@link OutOfMemoryError} where it
 * would throw a {@link CacheExhaustedException}.
 *
 * <p>With {@link Checks#STANDARD} a free of anything but a live object of this cache throws {@link
 * InvalidFreeException} and changes nothing; with {@link Checks#NONE} it corrupts the cache. Every call throws {@link
 * IllegalStateException} once the cache is closed.
 */
public interface ObjectAllocator {
    /**
     * Allocates an object with unspecified contents.
     *
     * @return its segment: always the same instance for the same object, unless leaks are looked for or the cache has
     *     {@link SlabCacheBuilder#handles handles(false)}
     * @throws CacheExhaustedException at the bound
     * @throws OutOfMemoryError if the cache has to grow and the memory source has no memory left, or its {@link
     *     io.slabcache.memory.MemoryBudget} is spent
     */
    MemorySegment allocate();

    /**
     * Allocates like {@link #allocate()}, but returns {@code null} at the bound.
     *
     * @return a segment or {@code null}
     */
    @Nullable
    MemorySegment tryAllocate();

    /**
     * Allocates from the caller's magazines or the depot only, for callers that may neither wait nor grow the cache.
     * Never waits for a lock and never calls the memory source. On a cache built with {@code lockless(false)} it warns
     * once and then works as {@link #tryAllocate()}.
     *
     * @return a segment, or {@code null} if no cached object is at hand
     */
    @Nullable
    MemorySegment tryAllocateCached();

    /**
     * Allocates an object whose bytes are all zero.
     *
     * @return its segment
     * @throws CacheExhaustedException at the bound
     */
    default MemorySegment allocateZeroed() {
        return allocate().fill((byte) 0);
    }

    /**
     * Allocates an object on a lease, with unspecified contents. The lease's segment ends when the lease is closed, so
     * every use after the free is detected. Costs several times as much as {@link #allocate()}, and is a restricted
     * operation of the JDK: start the JVM with {@code --enable-native-access=io.slabcache}, or with {@code ALL-UNNAMED}
     * if this library is on the class path.
     *
     * @return a lease that the calling thread has to close or to hand over
     * @throws CacheExhaustedException at the bound
     * @throws IllegalCallerException if the JVM denies this library native access
     */
    Lease allocateLeased();

    /**
     * Returns the same objects under handles that detect a use after free.
     *
     * @return a view with the same rules for threads
     * @throws UnsupportedOperationException if objects are aligned to less than 8 bytes
     */
    GenerationHandles generations();

    /**
     * Frees an object. From then on its memory may belong to another owner. An I/O operation or a native call that
     * still uses the object would read and write that owner's bytes, so free the object only when the operation is
     * over, for example in its completion handler.
     *
     * @param object the segment that was handed out, or an equal writable view of the whole object
     * @throws InvalidFreeException if it is not a live object of this cache
     */
    void free(MemorySegment object);

    /**
     * Frees an object by a buffer of it, whatever the buffer's position and limit. The buffer must be writable, cover
     * the whole object, and come from {@link MemorySegment#asByteBuffer()} or be a duplicate of such a buffer. Slices
     * are refused, as slices of segments are.
     *
     * @param buffer its index 0 is the object's first byte, and its capacity is the object's size; it is not changed
     * @throws InvalidFreeException if it is not a buffer of a whole live object of this cache
     */
    @SuppressWarnings("NullAway") // free reports null, as every other mistake
    default void freeBuffer(ByteBuffer buffer) {
        try {
            free(
                    buffer == null
                            ? null
                            : MemorySegment.ofBuffer(buffer.duplicate().clear()));
        } finally {
            // The buffer keeps the segment reachable, and the search for leaks watches the segment.
            Reference.reachabilityFence(buffer);
        }
    }

    /**
     * Allocates like {@link #allocate()}, but returns an address.
     *
     * @return the address of the object's first byte, never 0
     * @throws CacheExhaustedException at the bound
     */
    long allocateAddress();

    /**
     * Allocates like {@link #tryAllocate()}, but returns an address.
     *
     * @return an address, or 0 at the bound
     */
    long tryAllocateAddress();

    /**
     * Allocates like {@link #tryAllocateCached()}, but returns an address.
     *
     * @return an address, or 0 if no cached object is at hand
     */
    long tryAllocateAddressCached();

    /**
     * Frees an object by its address.
     *
     * @param address of an object's first byte
     * @throws InvalidFreeException if no live object of this cache starts there
     */
    void freeAddress(long address);

    /**
     * Allocates many objects or none.
     *
     * @param addresses gets the addresses; untouched if there are not enough
     * @param offset of the first
     * @param count how many, 0 or more
     * @return false at the bound
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    boolean allocateBulk(long[] addresses, int offset, int count);

    /**
     * Allocates many objects or none.
     *
     * @param objects gets the segments; untouched if there are not enough
     * @param offset of the first
     * @param count how many, 0 or more
     * @return false at the bound
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    boolean allocateBulk(MemorySegment[] objects, int offset, int count);

    /**
     * Frees many objects. With {@link Checks#STANDARD} one bad or repeated entry refuses the whole call: nothing is
     * freed.
     *
     * @param addresses of the objects
     * @param offset of the first
     * @param count how many, 0 or more
     * @throws InvalidFreeException for the first bad entry
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    void freeBulk(long[] addresses, int offset, int count);

    /**
     * Frees many objects, under the same rules as the form for addresses.
     *
     * @param objects their segments
     * @param offset of the first
     * @param count how many, 0 or more
     * @throws InvalidFreeException for the first bad entry
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    void freeBulk(MemorySegment[] objects, int offset, int count);

    /**
     * Gives the calling thread's cached objects back for other threads to use; in a bounded cache also the thread's
     * share of the common limit on cached objects. Call it before the thread idles; the next call takes a share again.
     * Necessary only for threads that spin: {@link SlabCache#shrink()} and threads that run short reach the objects of
     * waiting threads.
     */
    void flush();

    /**
     * Fills the calling thread's magazines, so that its next allocations take no lock and cannot fail. Other threads
     * take these objects only in one case: at the second of two calls of {@link SlabCache#shrink()} while the thread
     * waits. If the {@link io.slabcache.memory.MemoryBudget} of the cache is spent, a cache that needs memory makes such a
     * call, at most every tenth of a second.
     *
     * @param objects wanted
     * @return the number of allocations guaranteed: at most two magazines' worth; fewer or 0 in a bounded cache with
     *     many threads; 0 for a virtual thread and for a cache built with {@code lockless(false)}
     * @throws IllegalArgumentException if {@code objects} is negative
     */
    int prefill(int objects);
}
