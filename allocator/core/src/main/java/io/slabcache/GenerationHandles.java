package io.slabcache;

import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.StaleHandleException;
import io.slabcache.internal.cache.AllocationPath;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.FreePath;
import io.slabcache.internal.cache.HandleFormat;
import io.slabcache.internal.cache.HandleMisuse;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a cache under handles that detect a use after free, from {@link ObjectAllocator#generations()}.
 *
 * <pre>{@code
 * GenerationHandles orders = cache.generations();
 * long order = orders.allocate();
 * orders.segment(order).set(ValueLayout.JAVA_INT, 0, 42);
 * orders.free(order);
 * orders.segment(order);    // throws StaleHandleException
 * }</pre>
 *
 * <p>A handle is a {@code long} that holds an object and its generation, a number that changes with each {@link
 * #allocate()} of the object. Any free of the object makes the handle stale, for good: look-ups and frees of a stale
 * handle are refused even after the object is handed out again. No garbage is made. The first handle of a slab adds
 * four bytes of heap for each of its objects.
 *
 * <p>Generations have 19 bits and wrap. A stale handle passes for a current one if its object has since been handed out
 * here exactly a multiple of 524,288 times and is live. A slab that is made where an earlier one lay counts on from the
 * highest generation of any returned slab in this JVM. So the wrap still takes 524,288 steps, but hand-outs of other
 * objects count as steps too. A wrap is cheap to provoke: 524,288 allocations take a few milliseconds. Handles find
 * mistakes; they do not stop hostile code that can allocate.
 *
 * <p>A look-up is valid at one moment during the call; its result stays accessible after a later free. Two concurrent
 * frees of the same handle may both succeed. With {@link Checks#NONE} only frees through this view are detected: an
 * object that is freed by address or segment seems live until it is handed out here again.
 *
 * <p>Threads: the rules of the allocator that this view comes from apply. Any thread may use a handle, through its own
 * view or through the view of the {@link SlabCache}.
 */
public final class GenerationHandles {
    private final CacheParts parts;
    private final SlabIndex index;
    private final AllocationPath allocation;
    private final FreePath freeing;
    private final ThreadCaches caches;
    private final HandleMisuse misuse;

    /** Null in the view of a single thread; that view uses {@code ownerId} and {@code own} instead. */
    private final ThreadCache @Nullable [] near;

    private final long ownerId;
    private final @Nullable ThreadCache own;

    /** A view for the calling thread if {@code own} is given, else for all threads. */
    GenerationHandles(CacheParts parts, @Nullable ThreadCache own) {
        if (parts.core.alignment() < HandleFormat.ALIGNMENT) {
            throw new UnsupportedOperationException(parts + " aligns its objects to " + parts.core.alignment()
                    + " bytes; handles with generations need alignment(" + HandleFormat.ALIGNMENT + ") or more");
        }
        parts.core.requireOpen();
        this.parts = parts;
        this.index = parts.core.index();
        this.allocation = parts.allocation;
        this.freeing = parts.freeing;
        this.caches = parts.core.magazines().caches();
        this.misuse = parts.handleMisuse;
        this.near = own == null ? caches.near() : null;
        this.ownerId = own == null ? 0 : Thread.currentThread().threadId();
        this.own = own;
    }

    @SuppressWarnings("NullAway") // one of near and own is not null
    private ThreadCache cache() {
        ThreadCache @Nullable [] near = this.near;
        if (near != null) {
            return caches.current(near);
        }
        if (Thread.currentThread().threadId() != ownerId) {
            throw wrongThread();
        }
        return own;
    }

    /**
     * Allocates an object with unspecified contents.
     *
     * @return its handle, never 0
     * @throws CacheExhaustedException at the bound
     * @throws OutOfMemoryError if the cache has to grow and the memory source has no memory left
     * @throws IllegalStateException if the object lies above 2^48, where a handle cannot reach
     */
    public long allocate() {
        ThreadCache cache = cache();
        long spare = cache.spareAddress();
        int generation = cache.takeSpareGeneration(spare);
        return generation >= 0 ? HandleFormat.handle(spare, generation) : required(allocateOther(cache));
    }

    private long required(long handle) {
        if (handle == 0) {
            throw parts.exhaustion.exception(1);
        }
        return handle;
    }

    /**
     * Allocates like {@link #allocate()}, but returns 0 at the bound.
     *
     * @return a handle or 0
     */
    public long tryAllocate() {
        ThreadCache cache = cache();
        long spare = cache.spareAddress();
        int generation = cache.takeSpareGeneration(spare);
        return generation >= 0 ? HandleFormat.handle(spare, generation) : allocateOther(cache);
    }

    private long allocateOther(ThreadCache cache) {
        long address = allocation.tryAllocateAddress(cache);
        return address == 0 ? 0 : renew(cache, address);
    }

    /** Gives a new object its generation. Returns 0 if the object is guarded and no other is left. */
    private long renew(ThreadCache cache, long address) {
        Slab slab = cache.slabOf(address, index);
        int[] generations = slab == null ? null : slab.generations();
        return generations != null
                ? HandleFormat.handle(address, Generations.renew(slab.liveBytes(), generations, slab.place(address)))
                : renewFirst(cache, address);
    }

    /** Handles the rare cases: the first handle of a slab, a guarded object, a close that was being decided. */
    private long renewFirst(ThreadCache cache, long allocated) {
        long address = parts.slow.exchangeGuarded(cache, allocated);
        if (address == 0) {
            return 0;
        }
        Slab slab = parts.core.requireSlab(address);
        try {
            if (!HandleFormat.fits(address)) {
                throw new IllegalStateException("0x" + Long.toHexString(address) + " of " + parts
                        + " does not fit into a handle; expected a memory source that stays below 2^48");
            }
            int generation = Generations.renew(slab.liveBytes(), slab.createGenerations(), slab.place(address));
            cache.learnGenerations();
            return HandleFormat.handle(address, generation);
        } catch (RuntimeException | Error e) {
            parts.slow.undo(address);
            throw e;
        }
    }

    /**
     * Frees an object.
     *
     * @param handle from {@link #allocate()} of any view of this cache
     * @throws InvalidFreeException if the handle is stale (kind {@code DOUBLE_FREE}) or not from this cache
     */
    public void free(long handle) {
        ThreadCache cache = cache();
        long spare = cache.spareAddress();
        int generation = cache.liveSpareGeneration(spare);
        boolean isSpare = generation >= 0 && handle == HandleFormat.handle(spare, generation);
        if (!isSpare || !cache.giveNumberedSpare()) {
            freeFound(cache, handle);
        }
    }

    private void freeFound(ThreadCache cache, long handle) {
        long address = HandleFormat.address(handle);
        Slab slab = find(cache, address);
        if (slab != null
                && slab.startsAt(address)
                && Generations.markFree(
                        slab.liveBytes(), slab.generations(), slab.place(address), HandleFormat.generation(handle))) {
            freeing.giveBack(cache, address);
        } else {
            misuse.reportFree(handle);
        }
    }

    /**
     * Returns the address of a live object.
     *
     * @param handle of the object
     * @return the address of its first byte
     * @throws StaleHandleException if the object was freed, whatever the {@link MisusePolicy}
     * @throws IllegalArgumentException if the handle is not from this cache
     */
    public long address(long handle) {
        require(handle);
        return HandleFormat.address(handle);
    }

    /**
     * Returns the segment of a live object.
     *
     * @param handle of the object
     * @return always the same instance for the same object, unless the cache has {@code handles(false)}
     * @throws StaleHandleException if the object was freed, whatever the {@link MisusePolicy}
     * @throws IllegalArgumentException if the handle is not from this cache
     */
    public MemorySegment segment(long handle) {
        return require(handle).handle(HandleFormat.address(handle));
    }

    private Slab require(long handle) {
        long address = HandleFormat.address(handle);
        Slab slab = find(cache(), address);
        if (slab == null || !isLive(slab, handle)) {
            throw misuse.ofLookup(handle);
        }
        return slab;
    }

    /**
     * Returns whether a handle's generation is still current, that is, whether its object has not been freed.
     *
     * @param handle any number
     * @return false if the number is not a handle of this cache, and once the cache is closed
     */
    public boolean isLive(long handle) {
        ThreadCache cache = cache();
        Slab slab = cache.slabOf(HandleFormat.address(handle), index);
        if (slab == null && parts.core.isOpen()) {
            slab = parts.core.slabOf(HandleFormat.address(handle));
        }
        return slab != null && isLive(slab, handle);
    }

    private static boolean isLive(Slab slab, long handle) {
        long address = HandleFormat.address(handle);
        // Tested first: a look-up takes 8 % longer if this comes after the place.
        int[] generations = slab.generations();
        return generations != null
                && slab.startsAt(address)
                && Generations.isLive(generations, slab.place(address), HandleFormat.generation(handle));
    }

    private @Nullable Slab find(ThreadCache cache, long address) {
        Slab slab = cache.slabOf(address, index);
        return slab != null ? slab : parts.core.find(address);
    }

    private WrongThreadException wrongThread() {
        return new WrongThreadException("generations of a local cache of " + parts + " belong to thread #" + ownerId
                + " but were called by " + Thread.currentThread() + "; let each thread ask its own local() for them");
    }
}
