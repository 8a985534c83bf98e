package io.slabcache;

import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * The calls that hand out objects and take them back, with one contract for {@link SlabCache} (any thread) and
 * {@link LocalCache} (its own thread, no look-up).
 *
 * <p>An object is a piece of off-heap memory of exactly {@code objectSize} bytes. It comes as a {@link MemorySegment},
 * or as a raw address where a nanosecond matters; both forms may be mixed. Whoever holds an object may pass it to any
 * thread, and any thread may free it. A free happens-before the next allocation that returns the same object.
 *
 * <p>With {@link Checks#STANDARD} a free of anything but a live object of this cache is refused with
 * {@link InvalidFreeException} and changes nothing; with {@link Checks#NONE} it corrupts the cache. Every call throws
 * {@link IllegalStateException} once the cache is closed.
 */
public interface ObjectAllocator {
    /**
     * An object with unspecified contents.
     *
     * @return its segment: always the same instance for the same object, unless leaks are looked for or the cache has
     *     {@link SlabCacheBuilder#handles handles(false)}
     * @throws CacheExhaustedException at the bound
     * @throws OutOfMemoryError if the cache has to grow and the memory source has nothing left
     */
    MemorySegment allocate();

    /**
     * {@link #allocate()} that gives {@code null} at the bound.
     *
     * @return a segment or {@code null}
     */
    MemorySegment tryAllocate();

    /**
     * An object from the caller's magazines or the depot, for callers that may neither wait nor grow: takes no lock that
     * another thread holds and never calls the memory source. On a cache built with {@code lockless(false)} it warns once
     * and is {@link #tryAllocate()}.
     *
     * @return a segment, or {@code null} if none is at hand
     */
    MemorySegment tryAllocateCached();

    /**
     * An object whose bytes are all zero.
     *
     * @return its segment
     * @throws CacheExhaustedException at the bound
     */
    default MemorySegment allocateZeroed() {
        return allocate().fill((byte) 0);
    }

    /**
     * An object on a lease, with unspecified contents: the calling thread gets a segment that ends when the lease is
     * closed, so that no use after the free goes unnoticed. Costs several times as much as {@link #allocate()}, and is a
     * restricted operation of the JDK: start the JVM with {@code --enable-native-access=io.slabcache}, or with
     * {@code ALL-UNNAMED} if this library is on the class path.
     *
     * @return a lease that the calling thread has to close or to hand over
     * @throws CacheExhaustedException at the bound
     * @throws IllegalCallerException if the JVM denies this library native access
     */
    Lease allocateLeased();

    /**
     * The same objects under handles that notice a use after the free.
     *
     * @return a view with the same rules for threads
     * @throws UnsupportedOperationException if objects are aligned to less than 8 bytes
     */
    GenerationHandles generations();

    /**
     * Takes an object back. From then on its memory may belong to another owner, who writes to it: an I/O operation or a
     * native call that still uses the object reads and writes that owner's bytes. Free the object when the operation is
     * over, for example in its completion handler.
     *
     * @param object the segment that was handed out, or an equal writable view of the whole object
     * @throws InvalidFreeException if it is not a live object of this cache
     */
    void free(MemorySegment object);

    /**
     * {@link #free} by a buffer of the object, wherever its position and limit are. It has to be a writable buffer of the
     * whole object, made by {@link MemorySegment#asByteBuffer()}, or a duplicate of that. Slices are refused as slices of
     * segments are.
     *
     * @param buffer its index 0 is the object's first byte, and its capacity is the object's size; it is not changed
     * @throws InvalidFreeException if it is not a buffer of a whole live object of this cache
     */
    default void freeBuffer(ByteBuffer buffer) {
        try {
            free(
                    buffer == null
                            ? null
                            : MemorySegment.ofBuffer(buffer.duplicate().clear()));
        } finally {
            // The buffer keeps the segment that a search for leaks watches.
            Reference.reachabilityFence(buffer);
        }
    }

    /**
     * {@link #allocate()} as an address.
     *
     * @return the address of the object's first byte, never 0
     * @throws CacheExhaustedException at the bound
     */
    long allocateAddress();

    /**
     * {@link #tryAllocate()} as an address.
     *
     * @return an address, or 0 at the bound
     */
    long tryAllocateAddress();

    /**
     * {@link #tryAllocateCached()} as an address.
     *
     * @return an address, or 0 if none is at hand
     */
    long tryAllocateAddressCached();

    /**
     * {@link #free} by address.
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
     * Takes many objects back. With {@link Checks#STANDARD} one bad entry, or one that occurs twice, refuses the whole
     * call and nothing is freed.
     *
     * @param addresses of the objects
     * @param offset of the first
     * @param count how many, 0 or more
     * @throws InvalidFreeException for the first bad entry
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    void freeBulk(long[] addresses, int offset, int count);

    /**
     * Takes many objects back, as the form for addresses does.
     *
     * @param objects their segments
     * @param offset of the first
     * @param count how many, 0 or more
     * @throws InvalidFreeException for the first bad entry
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    void freeBulk(MemorySegment[] objects, int offset, int count);

    /**
     * Gives the calling thread's cached objects back for others to use, and its part of what all threads of a bounded cache
     * may cache together; for a thread about to idle. The next call takes a part again. Needed by threads that then spin:
     * from threads that wait, {@link SlabCache#shrink()} and threads that are short take by themselves.
     */
    void flush();

    /**
     * Fills the calling thread's magazines, so that its next allocations take no lock and cannot fail. No other thread takes
     * these objects, but for the second of two calls of {@link SlabCache#shrink()} while the thread waits.
     *
     * @param objects wanted
     * @return for how many allocations that now holds: at most two magazines' worth, fewer or 0 in a bounded cache
     *     with many threads, 0 for a virtual thread and for a
     *     cache built with {@code lockless(false)}
     * @throws IllegalArgumentException if {@code objects} is negative
     */
    int prefill(int objects);
}
