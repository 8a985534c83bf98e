package io.slabcache;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.cache.AllocationPath;
import io.slabcache.internal.cache.BulkCalls;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.FreePath;
import io.slabcache.internal.cache.OneRegion;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache of off-heap objects of one size: a slab allocator behind a lockless stack of free objects for each thread.
 *
 * <pre>{@code
 * try (SlabCache packets = SlabCache.builder("packets", 2048).maxObjects(65_536).build()) {
 *     packets.free(packets.allocate());       // in any thread
 * }
 * }</pre>
 *
 * <p>After the Linux patch "slab: Add lockless cache" (2021) and Bonwick and Adams, "Magazines and Vmem" (USENIX 2001).
 * Each thread owns arrays of free addresses: an allocation pops, a free pushes. Threads exchange full and empty arrays
 * through a depot. Behind it are the locked lists of slabs; objects move there many at a time.
 *
 * <p>Threads: any thread, platform or virtual, may call every method. A single call looks up the calling thread's
 * spare object and goes on in {@code AllocationPath} or {@code FreePath}; {@link #local()} saves the look-up.
 *
 * <p>A cache that becomes garbage without being closed keeps its memory, because an address may still be in use and the
 * collector cannot see it. A warning of the logger {@code io.slabcache} then says how many bytes are lost. A reference
 * to a {@link LocalCache}, {@link GenerationHandles} or {@link Lease} keeps the cache reachable.
 */
public final class SlabCache implements ObjectAllocator, AutoCloseable {
    private final CacheParts parts;
    private final AllocationPath allocation;
    private final FreePath freeing;
    private final BulkCalls bulk;
    private final Leasing leasing;
    private final ThreadCaches caches;
    private final @Nullable OneRegion oneRegion; // null if the objects lie in several
    private ThreadCache[] near; // replaced at the close

    SlabCache(CacheParts parts) {
        this.parts = parts;
        this.allocation = parts.allocation;
        this.freeing = parts.freeing;
        this.bulk = parts.bulk;
        this.leasing = new Leasing(parts);
        this.caches = parts.core.magazines().caches();
        this.oneRegion = parts.oneRegion();
        this.near = caches.near();
    }

    /**
     * Starts to describe a cache.
     *
     * @param name for statistics and messages
     * @param objectSize bytes per object, 1 to 1 GiB
     * @return a builder with defaults for everything else
     * @throws IllegalArgumentException if the name is blank or the size out of range
     */
    public static SlabCacheBuilder builder(String name, long objectSize) {
        return new SlabCacheBuilder(name, objectSize, SlabCacheBuilder.DEFAULT_ALIGNMENT);
    }

    /**
     * Starts to describe a cache of objects that have a layout.
     *
     * @param name for statistics and messages
     * @param layout gives size and alignment
     * @return a builder with defaults for everything else
     * @throws IllegalArgumentException if the name is blank or the layout's size out of range
     */
    public static SlabCacheBuilder builder(String name, MemoryLayout layout) {
        return new SlabCacheBuilder(name, layout);
    }

    private ThreadCache current() {
        long id = Thread.currentThread().threadId();
        ThreadCache likely = ThreadCaches.likely(near, id);
        return likely.isOwnedBy(id) ? likely : caches.find(id);
    }

    @Override
    public MemorySegment allocate() {
        ThreadCache cache = current();
        MemorySegment spare = cache.takeSpareHandle();
        return spare != null ? spare : AllocationPath.allocate(allocation, cache);
    }

    @Override
    public @Nullable MemorySegment tryAllocate() {
        return allocation.tryAllocate(current());
    }

    @Override
    public @Nullable MemorySegment tryAllocateCached() {
        return allocation.tryAllocateCached(current());
    }

    @Override
    public Lease allocateLeased() {
        return leasing.allocate(current());
    }

    @Override
    public void free(MemorySegment object) {
        ThreadCache cache = current();
        if (object == null || !cache.giveSpare(object) && !cache.freeGuessed(object)) {
            freeing.free(cache, object);
        }
    }

    @Override
    public long allocateAddress() {
        ThreadCache cache = current();
        long popped = cache.trusted ? cache.pop() : 0;
        if (popped != 0) {
            return popped;
        }
        long spare = cache.takeSpare();
        return spare != 0 ? spare : AllocationPath.allocateAddress(allocation, cache);
    }

    @Override
    public long tryAllocateAddress() {
        return allocation.tryAllocateAddress(current());
    }

    @Override
    public long tryAllocateAddressCached() {
        return allocation.tryAllocateAddressCached(current());
    }

    @Override
    public void freeAddress(long address) {
        ThreadCache cache = current();
        if (cache.trusted ? !cache.push(address) : !cache.giveSpare(address) && !cache.freeGuessed(address)) {
            freeing.freeAddress(cache, address);
        }
    }

    @Override
    public boolean allocateBulk(long[] addresses, int offset, int count) {
        return bulk.allocate(current(), addresses, offset, count);
    }

    @Override
    public boolean allocateBulk(MemorySegment[] objects, int offset, int count) {
        return bulk.allocate(current(), objects, offset, count);
    }

    @Override
    public void freeBulk(long[] addresses, int offset, int count) {
        bulk.free(current(), addresses, offset, count);
    }

    @Override
    public void freeBulk(MemorySegment[] objects, int offset, int count) {
        bulk.free(current(), objects, offset, count);
    }

    @Override
    public GenerationHandles generations() {
        return new GenerationHandles(parts, null);
    }

    @Override
    public void flush() {
        parts.upkeep.flush(parts.core.magazines().own());
    }

    @Override
    public int prefill(int objects) {
        return parts.upkeep.prefill(parts.core.magazines().own(), objects);
    }

    /**
     * Returns the segment of an object, live or cached, given its address.
     *
     * @param address of the object's first byte
     * @return always the same instance for the same object, unless the cache has {@code handles(false)}
     * @throws IllegalArgumentException if no object of this cache starts there
     */
    public MemorySegment segment(long address) {
        return parts.slow.segment(address);
    }

    /**
     * Returns whether an object of this cache, live or not, starts at an address. The memory is not touched.
     *
     * @param address anything
     * @return false for addresses elsewhere or inside an object, and once the cache is closed
     */
    public boolean owns(long address) {
        return parts.slow.owns(address);
    }

    /**
     * Returns the calling thread's own way into this cache, without a look-up, for the thread to keep. The objects are
     * the same and any thread may free them.
     *
     * @return usable by the calling thread only; always the same instance for the same platform thread
     */
    public LocalCache local() {
        return LocalCache.of(parts, leasing);
    }

    /**
     * Makes sure that so many objects can be allocated without a new slab and without page faults: makes slabs, touches
     * their pages, and makes the segments of all objects, 45 to 52 bytes of heap each, unless the cache has {@code
     * handles(false)}. Takes about 1 ms per MiB with the default source; other threads work on meanwhile. Objects in
     * magazines do not count. A later {@link #shrink} gives unused slabs back.
     *
     * @param objects 1 or more
     * @return the objects that are free in slabs now, at least {@code objects} unless all up to the bound were made and
     *     some are in magazines; 0, with nothing changed, if the bound does not allow so many
     * @throws OutOfMemoryError if there is no memory; the slabs made until then stay, as when a budget allows no more
     */
    public long reserve(long objects) {
        return parts.upkeep.reserve(objects);
    }

    /**
     * Returns the memory of all objects as one segment, for flyweights and {@code VarHandle}s that work on
     * {@linkplain #offset offsets}. The JDK checks its bounds, and refuses its use once the cache is closed; nothing
     * checks whether an object in it is live.
     *
     * <pre>{@code
     * MemorySegment all = cache.window();
     * long price = (long) priceOfOrder.get(all, cache.offset(order));
     * }</pre>
     *
     * <p>On memory that reserves addresses, such as {@link io.slabcache.memory.MappedMemory}, it is as large as the
     * reservation: 64 GiB for most caches without a bound. Where there is no object, it reads zeros.
     *
     * @return the segment from the first object to the end of the last one that may be; always the same
     * @throws UnsupportedOperationException if the objects may lie in several regions; they lie in one if the builder's
     *     {@link SlabCacheBuilder#reserve reserve} makes all objects of a bounded cache, or if the cache's memory reserves
     *     addresses
     */
    public MemorySegment window() {
        return OneRegion.require(oneRegion, parts.core).window();
    }

    /**
     * Returns the offset of an address in the {@link #window}. Not checked.
     *
     * @param address of an object or within one
     * @return bytes
     * @throws UnsupportedOperationException as in {@link #window}
     */
    public long offset(long address) {
        return OneRegion.require(oneRegion, parts.core).offset(address);
    }

    /**
     * Returns the number of an object, for arrays beside the objects and for links of 4 bytes.
     *
     * <p>On memory that reserves addresses, the lowest free numbers are given to each new slab. Some numbers are left out if
     * slabs do not fill whole pages: with redzones, a small {@code slabBytes}, or objects of more than 4 KiB and an odd size.
     *
     * @param address of the object, live or not
     * @return 0 or more; less than the number of objects if no number is left out
     * @throws IllegalArgumentException if no object of this cache starts there; or if it has no number, because the
     *     reservation of a cache without a bound was full, at 64 GiB or 2<sup>31</sup> objects
     * @throws IllegalStateException if the cache is closed
     * @throws UnsupportedOperationException as in {@link #window}
     */
    public int indexOf(long address) {
        return OneRegion.require(oneRegion, parts.core).indexOf(address);
    }

    /**
     * Returns the address of an object.
     *
     * @param index as returned by {@link #indexOf}
     * @return its address
     * @throws IndexOutOfBoundsException if there is no such object, or not any more
     * @throws UnsupportedOperationException as in {@link #window}
     */
    public long addressOf(int index) {
        return OneRegion.require(oneRegion, parts.core).addressOf(index);
    }

    /** {@return the layout that the builder was given, if any} */
    public Optional<MemoryLayout> layout() {
        return parts.layout;
    }

    /**
     * Gives empty slabs back to the memory source. First collects the free objects of the depot and of threads that have
     * ended, and of idle threads: those that did not use the cache since the previous call and now wait (parked,
     * asleep, in {@code Object.wait()} or in I/O). Active threads keep what they have cached. So do threads that spin:
     * {@link SlabCacheStats#unreachedObjects()} counts their objects, and only their own {@link #flush()} frees
     * them for others. A cache whose objects all lie in one region gives nothing back before the close.
     *
     * @return bytes given back
     */
    public long shrink() {
        return parts.upkeep.shrink();
    }

    /** {@return a snapshot of what the cache holds and has done} */
    public SlabCacheStats stats() {
        return parts.inspection.stats();
    }

    /**
     * Walks all slabs and magazines and compares them; in a debugged cache, also redzones and poison. Changes nothing
     * and takes about 10 ns per object. The result is meaningful only if no other thread uses the cache meanwhile, a
     * keeper that {@linkplain SlabCacheBuilder#trimAfter gives memory back} included.
     *
     * @return counts and inconsistencies
     */
    public CacheValidation validate() {
        return parts.inspection.validate();
    }

    /**
     * {@return where the live objects were allocated, the most frequent place first: all objects with
     * {@link Debug#TRACKING}, some if leaks are looked for, else none}
     */
    public List<ObjectTrace> allocTraces() {
        return parts.inspection.traces(true);
    }

    /** {@return where the free objects were freed, the most frequent place first; empty without {@link Debug#TRACKING}} */
    public List<ObjectTrace> freeTraces() {
        return parts.inspection.traces(false);
    }

    /** {@return the name given to the builder} */
    public String name() {
        return parts.core.identity().name();
    }

    /** {@return the number of this cache, 1 or more, which tells caches of one name apart in reports and statistics} */
    public long id() {
        return parts.core.identity().id();
    }

    /** {@return the size of every object in bytes} */
    public long objectSize() {
        return parts.core.objectSize();
    }

    /** {@return the alignment of every object in bytes, a power of two} */
    public long alignment() {
        return parts.core.alignment();
    }

    /**
     * Gives all memory back. From then on segments and calls of this cache throw {@link IllegalStateException}; raw
     * addresses must not be used any more. Closing a closed cache does nothing.
     *
     * <p>Other threads should have stopped using the cache. A concurrent call either comes before the close, which then
     * fails if the call leaves an object live, or throws {@link IllegalStateException}.
     *
     * @throws LiveObjectsException if objects are live; the cache then stays open and usable
     * @throws IllegalStateException if the cache is now closed, but a native call still uses some of its memory: close
     *     it again later to give that back too
     */
    @Override
    public void close() {
        parts.closing.close();
        near = caches.near();
    }

    /**
     * Closes the cache even if objects are live.
     *
     * @throws IllegalStateException as in {@link #close()}, if a native call still uses some of the memory
     */
    public void closeNow() {
        parts.closing.closeNow();
        near = caches.near();
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
