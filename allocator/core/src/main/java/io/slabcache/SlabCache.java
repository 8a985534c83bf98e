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
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A cache of off-heap objects of one size: a slab allocator with a lockless stack of free objects for each thread in
 * front of it.
 *
 * <p>After the Linux patch "slab: Add lockless cache" (2021) and Bonwick and Adams, "Magazines and Vmem" (USENIX 2001):
 * an allocation pops an address from an array that belongs to the calling thread, a free pushes it; full and empty
 * arrays are exchanged whole between threads; only when there is none to exchange are objects moved, many at a time, to
 * or from the locked lists of slabs, which grow by one region of memory when they run out.
 *
 * <p>Threads: every method may be called by any thread, platform or virtual. The calls of {@link ObjectAllocator} look up
 * the calling thread's stack; a thread that allocates a lot can keep its {@link #local()} instead.
 *
 * <p>The single calls try the thread's spare object right here; what that does not serve takes {@code AllocationPath} or
 * {@code FreePath}.
 *
 * <p>A cache that is not closed keeps its memory, also when it is garbage: an object may be in use by its address, which the
 * collector does not see. A warning in the log (logger {@code io.slabcache}) then says how many bytes are lost. A reference to
 * a {@link LocalCache}, {@link GenerationHandles} or {@link Lease} keeps the cache from being garbage.
 */
public final class SlabCache implements ObjectAllocator, AutoCloseable {
    private final CacheParts parts;
    private final AllocationPath allocation;
    private final FreePath freeing;
    private final BulkCalls bulk;
    private final Leasing leasing;
    private final ThreadCaches caches;
    private ThreadCache[] near; // another one after the close

    SlabCache(CacheParts parts) {
        this.parts = parts;
        this.allocation = parts.allocation;
        this.freeing = parts.freeing;
        this.bulk = parts.bulk;
        this.leasing = new Leasing(parts);
        this.caches = parts.core.magazines().caches();
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
        return new SlabCacheBuilder(name, layout.byteSize(), layout.byteAlignment());
    }

    @Override
    public MemorySegment allocate() {
        ThreadCache cache = caches.current(near);
        MemorySegment spare = cache.takeSpareHandle();
        return spare != null ? spare : allocation.allocate(cache);
    }

    @Override
    public MemorySegment tryAllocate() {
        return allocation.tryAllocate(caches.current(near));
    }

    @Override
    public MemorySegment tryAllocateCached() {
        return allocation.tryAllocateCached(caches.current(near));
    }

    @Override
    public Lease allocateLeased() {
        return leasing.allocate(caches.current(near));
    }

    @Override
    public void free(MemorySegment object) {
        ThreadCache cache = caches.current(near);
        if (object == null || !cache.giveSpare(object)) {
            freeing.free(cache, object);
        }
    }

    @Override
    public long allocateAddress() {
        ThreadCache cache = caches.current(near);
        long popped = cache.trusted ? cache.pop() : 0;
        if (popped != 0) {
            return popped;
        }
        long spare = cache.takeSpare();
        return spare != 0 ? spare : allocation.allocateAddress(cache);
    }

    @Override
    public long tryAllocateAddress() {
        return allocation.tryAllocateAddress(caches.current(near));
    }

    @Override
    public long tryAllocateAddressCached() {
        return allocation.tryAllocateAddressCached(caches.current(near));
    }

    @Override
    public void freeAddress(long address) {
        ThreadCache cache = caches.current(near);
        if (cache.trusted ? !cache.push(address) : !cache.giveSpare(address)) {
            freeing.freeAddress(cache, address);
        }
    }

    @Override
    public boolean allocateBulk(long[] addresses, int offset, int count) {
        return bulk.allocate(caches.current(near), addresses, offset, count);
    }

    @Override
    public boolean allocateBulk(MemorySegment[] objects, int offset, int count) {
        return bulk.allocate(caches.current(near), objects, offset, count);
    }

    @Override
    public void freeBulk(long[] addresses, int offset, int count) {
        bulk.free(caches.current(near), addresses, offset, count);
    }

    @Override
    public void freeBulk(MemorySegment[] objects, int offset, int count) {
        bulk.free(caches.current(near), objects, offset, count);
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
     * The segment of an object, live or cached, given its address.
     *
     * @param address of the object's first byte
     * @return always the same instance for the same object, unless the cache has {@code handles(false)}
     * @throws IllegalArgumentException if no object of this cache starts there
     */
    public MemorySegment segment(long address) {
        return parts.slow.segment(address);
    }

    /**
     * Whether an object of this cache, live or not, starts at an address, which is not touched.
     *
     * @param address anything
     * @return false for addresses elsewhere or inside an object, and once the cache is closed
     */
    public boolean owns(long address) {
        return parts.slow.owns(address);
    }

    /**
     * The calling thread's own way into this cache, without any look-up; to be kept by that thread. Its objects are the
     * same and may be freed anywhere.
     *
     * @return usable by the calling thread only; always the same instance for the same platform thread
     */
    public LocalCache local() {
        return LocalCache.of(parts, leasing);
    }

    /**
     * Collects what is cached in the depot and by threads that have ended, and gives every slab that is then empty back
     * to the memory source. A living thread keeps what it has cached as long as it works with the cache. If it did nothing
     * with the cache since the call before, and waits (parked, asleep, in {@code Object.wait()} or in I/O), what it has
     * cached is collected, too. A thread that spins cannot be reached: {@link SlabCacheStats#unreachedObjects()} says what
     * such threads hold, and {@link #flush()}, called by the thread itself, gives that back.
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
     * Walks all slabs and magazines and compares what it finds; in a debugged cache, also redzones and poison. Changes
     * nothing and takes about 10 ns per object; means something only if no other thread uses the cache meanwhile.
     *
     * @return counts, and what does not fit together
     */
    public CacheValidation validate() {
        return parts.inspection.validate();
    }

    /**
     * Where the live objects were allocated, the most frequent place first.
     *
     * @return of all objects if the cache has {@link Debug#TRACKING}, of some if leaks are looked for, else empty
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

    /** {@return the number of this cache, which tells it from others of its name in reports and statistics: 1 or more} */
    public long id() {
        return parts.core.identity().id();
    }

    /** {@return the size of every object: bytes} */
    public long objectSize() {
        return parts.core.objectSize();
    }

    /** {@return the alignment of every object: bytes, a power of two} */
    public long alignment() {
        return parts.core.alignment();
    }

    /**
     * Gives all memory back. From then on handles throw {@link IllegalStateException} when used, as do the calls of the
     * cache; raw addresses must not be used any more. Closing a closed cache does nothing.
     *
     * <p>Other threads should have stopped using the cache. Calls that run during a close either come before it, and make
     * it fail if they leave an object live, or throw {@link IllegalStateException}.
     *
     * @throws LiveObjectsException if objects are live; the cache then stays open and usable
     * @throws IllegalStateException if the cache is closed now, but a native call still uses some of its memory: close it
     *     again later to give that back too
     */
    @Override
    public void close() {
        parts.closing.close();
        near = caches.near();
    }

    /**
     * Closes the cache whatever is live.
     *
     * @throws IllegalStateException as {@link #close()} does for memory that is still in use by a native call
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
