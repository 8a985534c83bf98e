package io.slabcache;

import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabAllocatorStats;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.sizes.AllocatorParts;
import io.slabcache.internal.sizes.AllocatorSettings;
import io.slabcache.internal.sizes.AnySize;
import io.slabcache.internal.sizes.ConfinedArena;
import io.slabcache.internal.sizes.QuickPath;
import io.slabcache.internal.sizes.SharedArena;
import io.slabcache.internal.sizes.SizeClasses;
import io.slabcache.internal.slab.SlabDirectory;
import io.slabcache.internal.views.AllocatorDoor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/**
 * An allocator of off-heap objects of all sizes, as a {@link SegmentAllocator} that also frees. Objects up to 64 KiB come
 * from caches, one for each size class; larger ones are regions of the memory source.
 *
 * <pre>{@code
 * try (SlabAllocator messages = SlabAllocator.builder("messages").build()) {
 *     MemorySegment message = messages.allocate(1_000);      // exactly 1,000 bytes
 *     messages.free(message);                                // in any thread
 *     MemorySegment text = messages.allocateFrom("hello");
 *     messages.free(text);
 * }
 * }</pre>
 *
 * <p>The classes are 16, 24, 32, 40, 48, 56 and 64 bytes, then four in each doubling (80, 96, 112, 128, 160 and so on). So
 * an object has at most a quarter of its class unused, and a twelfth on average; 17 bytes have 24. The cache of a class is
 * made with its first object.
 *
 * <p>Memory is not zeroed. Objects are aligned to 8 bytes at least, and to what the caller asks for. A segment is a new
 * Java object for each allocation; addresses make no garbage. Both forms may be mixed.
 *
 * <p>Threads: any thread, platform or virtual, may call every method, and free what another thread allocated. With {@link
 * Checks#STANDARD} a free of anything but a live object of this allocator throws {@link InvalidFreeException} and changes
 * nothing; with {@link Checks#NONE} it corrupts the allocator. Once the allocator is closed, every call throws {@link
 * IllegalStateException}, but for {@link #owns}, {@link #name}, {@link #stats} and further closes.
 *
 * <p>If {@link Debug#FAULTS} is chosen, allocations of up to 64 KiB fail on purpose, with {@link CacheExhaustedException}.
 */
public final class SlabAllocator implements SegmentAllocator, AutoCloseable {
    static {
        AllocatorDoor.open(allocator -> ((SlabAllocator) allocator).parts);
    }

    private final AllocatorParts parts;
    private final AnySize sizes;
    private final QuickPath quick;
    private final ThreadCache[][] rows;
    private final SlabDirectory directory;

    SlabAllocator(AllocatorSettings settings) {
        this.parts = new AllocatorParts(settings);
        this.sizes = parts.anySize;
        this.quick = parts.quick;
        this.rows = quick.rows();
        this.directory = quick.directory();
    }

    /**
     * Starts to describe an allocator.
     *
     * @param name for statistics and messages
     * @return a builder with defaults for everything else
     * @throws IllegalArgumentException if the name is blank
     */
    public static SlabAllocatorBuilder builder(String name) {
        return new SlabAllocatorBuilder(name);
    }

    /**
     * Allocates an object with unspecified contents.
     *
     * @param byteSize 0 or more; a segment of size 0 has an address of its own, and is to be freed as well
     * @return a segment of exactly that size
     * @throws IllegalArgumentException if the size is negative
     * @throws OutOfMemoryError if the memory source has no memory left, or its budget is spent
     */
    @Override
    public MemorySegment allocate(long byteSize) {
        return isOfClass(byteSize) ? QuickPath.allocate(quick, rows, byteSize) : sizes.allocate(byteSize, 1);
    }

    /**
     * Allocates an object with unspecified contents and an alignment. If the alignment is larger than that of the size's
     * class, the object takes the memory of a larger one.
     *
     * @param byteSize 0 or more
     * @param byteAlignment a power of two
     * @return a segment of exactly that size
     * @throws IllegalArgumentException if the size is negative, or the alignment no power of two
     * @throws OutOfMemoryError if the memory source has no memory left, or its budget is spent
     */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        return byteAlignment > 0 && byteAlignment <= AnySize.SURE_ALIGNMENT && Long.bitCount(byteAlignment) == 1
                ? allocate(byteSize)
                : sizes.allocate(byteSize, byteAlignment);
    }

    /**
     * Frees an object. From then on its memory may belong to another owner.
     *
     * @param object the segment that was handed out, or a writable view of the same bytes
     * @throws InvalidFreeException if it is not a live object of this allocator. The exact size is known of large and of
     *     debugged objects; otherwise a segment of another size in the same class is taken for the object
     */
    public void free(MemorySegment object) {
        QuickPath.free(quick, rows, directory, object);
    }

    /**
     * Allocates like {@link #allocate(long)}, but returns an address and makes no garbage.
     *
     * @param byteSize 1 or more
     * @return the address of the first byte, aligned to 8 bytes at least; never 0
     * @throws IllegalArgumentException if the size is 0 or negative
     * @throws OutOfMemoryError if the memory source has no memory left, or its budget is spent
     */
    public long allocateAddress(long byteSize) {
        return isOfClass(byteSize)
                ? QuickPath.allocateAddress(quick, rows, byteSize)
                : sizes.allocateAddress(byteSize, 1);
    }

    /**
     * Allocates like {@link #allocate(long, long)}, but returns an address and makes no garbage.
     *
     * @param byteSize 1 or more
     * @param byteAlignment a power of two
     * @return the address of the first byte; never 0
     * @throws IllegalArgumentException if the size is 0 or negative, or the alignment no power of two
     * @throws OutOfMemoryError if the memory source has no memory left, or its budget is spent
     */
    public long allocateAddress(long byteSize, long byteAlignment) {
        return sizes.allocateAddress(byteSize, byteAlignment);
    }

    /**
     * Frees an object by its address.
     *
     * @param address of an object's first byte
     * @throws InvalidFreeException if no live object of this allocator starts there
     */
    public void freeAddress(long address) {
        QuickPath.freeAddress(quick, rows, directory, address);
    }

    /** Whether a class serves a size above 0. */
    private static boolean isOfClass(long byteSize) {
        return Long.compareUnsigned(byteSize - 1, SizeClasses.LARGEST) < 0;
    }

    /**
     * Changes the size of an object, in its place if the new size has the same class. Otherwise, and always if the object is
     * debugged or guarded, the contents are copied to a new object, and the old one is freed. If there is no memory, the old
     * object stays as it is.
     *
     * @param object the segment of a live object, which must not be used any more after this call
     * @param byteSize the new size, 0 or more
     * @return a segment of exactly that size; its first bytes are those of the object
     * @throws InvalidFreeException if it is not a live object of this allocator, whatever the policy
     * @throws IllegalArgumentException if the size is negative
     * @throws OutOfMemoryError if the memory source has no memory left, or its budget is spent
     */
    public MemorySegment reallocate(MemorySegment object, long byteSize) {
        return parts.resizing.reallocate(object, byteSize);
    }

    /**
     * Changes the size of an object like {@link #reallocate}, by its address.
     *
     * @param address of a live object's first byte
     * @param byteSize the new size, 1 or more
     * @return the address of the object now
     * @throws InvalidFreeException if no live object of this allocator starts there, whatever the policy
     * @throws IllegalArgumentException if the size is 0 or negative
     * @throws OutOfMemoryError if the memory source has no memory left, or its budget is spent
     */
    public long reallocateAddress(long address, long byteSize) {
        return parts.resizing.reallocateAddress(address, byteSize);
    }

    /**
     * Allocates many objects of one size, or none.
     *
     * @param byteSize of each, 1 or more
     * @param addresses gets the addresses; untouched if there is no memory for all
     * @param offset of the first
     * @param count how many, 0 or more
     * @throws IllegalArgumentException if the size is 0 or negative
     * @throws IndexOutOfBoundsException if the range is not within the array
     * @throws OutOfMemoryError if the memory source has no memory left, or its budget is spent
     */
    public void allocateBulk(long byteSize, long[] addresses, int offset, int count) {
        parts.bulk.allocate(byteSize, addresses, offset, count);
    }

    /**
     * Frees many objects, whose sizes may differ. With {@link Checks#STANDARD} one bad or repeated entry refuses the whole
     * call: nothing is freed.
     *
     * @param addresses of the objects
     * @param offset of the first
     * @param count how many, 0 or more
     * @throws InvalidFreeException for the first bad entry
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public void freeBulk(long[] addresses, int offset, int count) {
        parts.bulk.free(addresses, offset, count);
    }

    /**
     * Returns a segment of a live object, given its address, as a new Java object.
     *
     * @param address of the object's first byte
     * @param byteSize 0 to {@link #sizeOf}
     * @return a segment of that size, which {@link #free} takes if it is the size that was asked for
     * @throws IllegalArgumentException if no object of this allocator starts there, or it has fewer bytes
     */
    public MemorySegment segment(long address, long byteSize) {
        return sizes.segment(address, byteSize);
    }

    /**
     * Returns how many bytes of an object may be used.
     *
     * @param address of a live object's first byte
     * @return the size of its class; of a large or debugged object, the size that was asked for
     * @throws IllegalArgumentException if no object of this allocator starts there
     */
    public long sizeOf(long address) {
        return sizes.sizeOf(address);
    }

    /**
     * Returns whether an object of this allocator starts at an address: any object of a class, live or not, or a live
     * large one. The memory is not touched.
     *
     * @param address anything
     * @return false for addresses elsewhere or inside an object, and once the allocator is closed
     */
    public boolean owns(long address) {
        return sizes.owns(address);
    }

    /**
     * Returns an arena of the calling thread. Its objects come from this allocator, and its close gives them all back at
     * once. Small objects share memory, so an arena costs a fraction of {@link Arena#ofConfined}.
     *
     * <pre>{@code
     * try (Arena arena = messages.arena()) {
     *     MemorySegment header = arena.allocate(64);
     *     MemorySegment name = arena.allocateFrom("name");
     * }       // from here on both throw, as segments of the JDK's arenas do
     * }</pre>
     *
     * <p>It is an arena in every respect: its memory is zeroed, its segments end with it and refuse other threads, and no
     * call but its close frees them; {@link #free} refuses them. Until then {@link #close} reports its objects as live, and
     * after {@link #closeNow} its segments stay safe to use: the memory goes back when the arena is closed, which throws
     * nothing then, and this allocator once more. An arena of a debugged allocator gives each object redzones of its own.
     *
     * <p>A close that throws an error, such as {@link StackOverflowError}, may be repeated: the next one gives back what is
     * left.
     *
     * <p>This is a restricted operation of the JDK: start the JVM with {@code --enable-native-access=io.slabcache}, or with
     * {@code ALL-UNNAMED} if this library is on the class path.
     *
     * @return an arena that the calling thread has to close
     * @throws IllegalCallerException if the JVM denies this library native access; the message names the flag
     */
    public Arena arena() {
        return new ConfinedArena(sizes, quick, rows);
    }

    /**
     * Returns an arena for any thread, like {@link #arena}. Its close costs as much as that of {@link Arena#ofShared}, some
     * 100 microseconds, because it has to wait until no thread accesses its segments.
     *
     * @return an arena that any thread may close
     * @throws IllegalCallerException if the JVM denies this library native access; the message names the flag
     */
    public Arena sharedArena() {
        return new SharedArena(sizes);
    }

    /** {@return the name given to the builder} */
    public String name() {
        return parts.name();
    }

    /** {@return a snapshot of what the allocator holds and has done, by size class} */
    public SlabAllocatorStats stats() {
        return parts.stats();
    }

    /**
     * Gives empty slabs of all classes back to the memory source, as {@link SlabCache#shrink()} does for one.
     *
     * @return bytes given back
     */
    public long shrink() {
        return parts.shrink();
    }

    /**
     * Gives all memory back. From then on segments and calls of this allocator throw {@link IllegalStateException}; raw
     * addresses must not be used any more. Closing a closed allocator does nothing. Other threads should have stopped
     * using the allocator.
     *
     * @throws LiveObjectsException if objects are live; the allocator then stays open and usable
     * @throws IllegalStateException if the allocator is now closed, but a native call, or an arena that was open at a
     *     {@link #closeNow}, still uses some of its memory: close it again later to give that back too
     */
    @Override
    public void close() {
        parts.closing.close();
    }

    /**
     * Closes the allocator even if objects are live.
     *
     * @throws IllegalStateException as in {@link #close()}, if a native call or an open arena still uses some of the
     *     memory
     */
    public void closeNow() {
        parts.closing.closeNow();
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
