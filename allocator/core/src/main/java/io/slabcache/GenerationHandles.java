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
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;

/**
 * The objects of a cache under handles that notice a use after the free, from {@link ObjectAllocator#generations()}.
 *
 * <p>A handle is a {@code long} that carries, besides the object, its generation: a number that changes each time the object
 * is handed out here. Once the object is freed, in whatever way, its handle is stale: every look-up and every free of it is
 * refused, also after the object was handed out again. No garbage is made; a slab needs four bytes of heap more per
 * object, from its first handle on.
 *
 * <p>Generations have 19 bits and wrap. A stale handle is taken for a good one if its object has since been handed out here
 * exactly a multiple of 524,288 times and the last of these is live. Where the memory of a slab was given back and another
 * slab came to lie there, counting goes on from the highest number that any object of a slab that was given back has had, in
 * any cache of this JVM. So a handle with the number <i>n</i> is good again at <i>n</i> + 524,288 and not before; but there
 * the hand-outs of other objects count as well, those of the most used one instead of this one's own. A wrap is cheap to
 * bring about: 524,288 calls of {@code allocate()} take a few milliseconds. Handles find mistakes; they do not keep out
 * code that means harm and can allocate.
 *
 * <p>A look-up tells the truth at a moment of the call: what it returns stays accessible when the object is freed. Two
 * threads that free one handle at the same moment may both be believed.
 *
 * <p>With {@link Checks#NONE} only frees through this view are noticed: an object that is freed by its address or segment
 * seems live until it is handed out here again.
 *
 * <p>Threads: as for the allocator that this view comes from. A handle may be passed to any thread like any other value, and
 * used there through the view of that thread or the one of the {@link SlabCache}.
 */
public final class GenerationHandles {
    private final CacheParts parts;
    private final SlabIndex index;
    private final AllocationPath allocation;
    private final FreePath freeing;
    private final ThreadCaches caches;
    private final HandleMisuse misuse;

    /** Null if only one thread may use this view, which has the next two instead. */
    private final ThreadCache[] near;

    private final long ownerId;
    private final ThreadCache own;

    /** A view for the calling thread, if its cache is given. */
    GenerationHandles(CacheParts parts, ThreadCache own) {
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

    private ThreadCache cache() {
        ThreadCache[] near = this.near;
        if (near != null) {
            return caches.current(near);
        }
        if (Thread.currentThread().threadId() != ownerId) {
            throw wrongThread();
        }
        return own;
    }

    /**
     * An object with unspecified contents.
     *
     * @return its handle, never 0
     * @throws CacheExhaustedException at the bound
     * @throws OutOfMemoryError if the cache has to grow and the memory source has nothing left
     * @throws IllegalStateException if the memory source gave memory above 2^48, for which a handle has no bits
     */
    public long allocate() {
        ThreadCache cache = cache();
        int generation = cache.takeSpareGeneration();
        return generation >= 0 ? HandleFormat.handle(cache.spareAddress(), generation) : required(allocateOther(cache));
    }

    private long required(long handle) {
        if (handle == 0) {
            throw parts.exhaustion.exception(1);
        }
        return handle;
    }

    /**
     * {@link #allocate()} that gives 0 at the bound.
     *
     * @return a handle or 0
     */
    public long tryAllocate() {
        ThreadCache cache = cache();
        int generation = cache.takeSpareGeneration();
        return generation >= 0 ? HandleFormat.handle(cache.spareAddress(), generation) : allocateOther(cache);
    }

    private long allocateOther(ThreadCache cache) {
        long address = allocation.tryAllocateAddress(cache);
        return address == 0 ? 0 : renew(cache, address);
    }

    /** Gives an object that was just allocated its generation; 0 if it is guarded and no other is left. */
    private long renew(ThreadCache cache, long address) {
        Slab slab = cache.slabOf(address, index);
        int[] generations = slab == null ? null : slab.generationsIfCreated();
        return generations != null
                ? HandleFormat.handle(address, Slab.renew(slab.liveBytes(), generations, slab.place(address)))
                : renewFirst(cache, address);
    }

    /** The first handle of its slab, or a guarded object, or a close was being decided. */
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
            int generation = slab.renew(address);
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
     * @param handle that {@link #allocate()} of a view of this cache returned
     * @throws InvalidFreeException if the handle is stale, of kind {@code DOUBLE_FREE}, or is none of this cache
     */
    public void free(long handle) {
        ThreadCache cache = cache();
        int generation = cache.liveSpareGeneration();
        if (generation >= 0 && handle == HandleFormat.handle(cache.spareAddress(), generation)) {
            cache.giveNumberedSpare();
        } else {
            freeFound(cache, handle);
        }
    }

    private void freeFound(ThreadCache cache, long handle) {
        long address = HandleFormat.address(handle);
        Slab slab = find(cache, address);
        if (slab != null && slab.startsAt(address) && slab.markFree(address, HandleFormat.generation(handle))) {
            freeing.giveBack(cache, address);
        } else {
            misuse.reportFree(handle);
        }
    }

    /**
     * The address of a live object.
     *
     * @param handle of the object
     * @return the address of its first byte
     * @throws StaleHandleException if the object was freed since, whatever the {@link MisusePolicy}
     * @throws IllegalArgumentException if the handle is none of this cache
     */
    public long address(long handle) {
        require(handle);
        return HandleFormat.address(handle);
    }

    /**
     * The segment of a live object.
     *
     * @param handle of the object
     * @return always the same instance for the same object, unless the cache has {@code handles(false)}
     * @throws StaleHandleException if the object was freed since, whatever the {@link MisusePolicy}
     * @throws IllegalArgumentException if the handle is none of this cache
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
     * Whether the object of a handle has not been freed since.
     *
     * @param handle anything
     * @return false for what is no handle of this cache, and once the cache is closed
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
        return slab.startsAt(address) && slab.isLive(address, HandleFormat.generation(handle));
    }

    private Slab find(ThreadCache cache, long address) {
        Slab slab = cache.slabOf(address, index);
        return slab != null ? slab : parts.core.find(address);
    }

    private WrongThreadException wrongThread() {
        return new WrongThreadException("generations of a local cache of " + parts + " belong to thread #" + ownerId
                + " but were called by " + Thread.currentThread() + "; let each thread ask its own local() for them");
    }
}
