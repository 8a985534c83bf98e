package io.slabcache.internal.cache;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.debug.UsedSizes;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabDirectory;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The two paths of a cache that is one size class of an allocator: {@link AllocationPath} and {@link FreePath} for users
 * who ask for a part of an object, and frees whose slab is known already.
 *
 * <p>A slow path notes the size if it debugs or guards the object. Otherwise only the range of the class is checked, and
 * an object that is large for the sake of its alignment is marked as such.
 */
public final class SizedPath {
    private final CacheCore core;
    private final SlabIndex index;
    private final SlabDirectory directory;
    private final AllocationPath allocation;
    private final FreedObjects freed;
    private final SlowPath slow;
    private final Leaks leaks;
    private final BulkCalls bulk;
    private final Misuse misuse;
    private final Exhaustion exhaustion;

    /** Whether the slow path may note sizes. */
    public final boolean notesSizes;

    private final LongSupplier reclaim;
    private final long leastBytes;
    private final long objectSize;

    SizedPath(
            CacheCore core,
            SizeRange range,
            AllocationPath allocation,
            SlowPath slow,
            Leaks leaks,
            BulkCalls bulk,
            Misuse misuse,
            Exhaustion exhaustion) {
        this.core = core;
        this.index = core.index;
        this.directory = range.directory();
        this.allocation = allocation;
        this.freed = new FreedObjects(core);
        this.slow = slow;
        this.leaks = leaks;
        this.bulk = bulk;
        this.misuse = misuse;
        this.exhaustion = exhaustion;
        this.notesSizes = !(slow instanceof OrdinaryPath);
        this.reclaim = range.reclaim();
        this.leastBytes = range.leastBytes();
        this.objectSize = core.objectSize();
    }

    /** Allocates an object, after the caller has tried the spare object and, unchecked, the loaded magazine. */
    public long allocateAddress(ThreadCache cache, long bytes) {
        long address = cache.peek();
        Slab guess = cache.guess();
        if (guess.hasObjectAt(address)) {
            cache.take(guess, address);
            return address;
        }
        return handOut(cache, address, bytes);
    }

    /** Hands out what {@link ThreadCache#peek} has just returned; another object if that is 0 or its slab is not found. */
    public long handOut(ThreadCache cache, long next, long bytes) {
        Slab slab = next == 0 ? null : index.find(next);
        if (slab == null) {
            return allocateSlow(cache, next == 0, bytes);
        }
        allocation.take(cache, slab, next);
        return next;
    }

    private long allocateSlow(ThreadCache cache, boolean isEmpty, long bytes) {
        long address = allocation.allocateSlow(cache, isEmpty);
        // Memory of a spent budget may lie unused in other classes.
        if (address == 0 && core.supply.refusal() != null && reclaim.getAsLong() > 0) {
            address = allocation.allocateSlow(cache, true);
        }
        if (address == 0) {
            throw exhaustion.exception(1);
        }
        noteSize(address, bytes);
        return address;
    }

    private void noteSize(long address, long bytes) {
        UsedSizes sizes = slow.sizes(address);
        Slab slab = sizes == null ? null : directory.findSurely(address);
        if (sizes != null && slab != null) {
            sizes.use(SlabObject.at(slab, address), bytes);
        }
    }

    /** Allocates an object and returns a segment of its first bytes, after the caller has tried nothing. */
    public MemorySegment allocate(ThreadCache cache, long bytes) {
        long address = cache.peek();
        Slab guess = cache.guess();
        if (!guess.hasObjectAt(address)) {
            return handOutSegment(cache, address, bytes);
        }
        // Before the object is taken, because there may be no heap for it.
        MemorySegment object = SizedObjects.segment(guess, address, bytes);
        cache.take(guess, address);
        return object;
    }

    /** {@link #handOut} of a segment. */
    public MemorySegment handOutSegment(ThreadCache cache, long next, long bytes) {
        Slab slab = next == 0 ? null : index.find(next);
        if (slab == null) {
            return watchedSegment(allocateSlow(cache, next == 0, bytes), bytes);
        }
        MemorySegment object = SizedObjects.segment(slab, next, bytes);
        allocation.take(cache, slab, next);
        return object;
    }

    /** The object goes back if its segment cannot be made because the heap is full. */
    private MemorySegment watchedSegment(long address, long bytes) {
        try {
            MemorySegment watched = leaks.watch(address, bytes);
            return watched != null ? watched : slow.segment(address).asSlice(0, bytes);
        } catch (RuntimeException | Error e) {
            slow.undo(address);
            throw e;
        }
    }

    /** Marks an object, owned by the caller, whose size is below the range because of its alignment. */
    public void markShort(long address) {
        Slab slab = core.isChecked() ? index.find(address) : null;
        if (slab != null) {
            SizedObjects.markShort(slab, address);
        }
    }

    /** Frees an object of a slab. */
    public void freeAddress(ThreadCache cache, Slab slab, long address) {
        if (cache.trusted || slab.hasObjectAt(address) && slab.markFree(address)) {
            freed.push(cache, address);
        } else {
            slow.free(cache, address);
        }
    }

    /** Frees an object of a slab by a segment. */
    public void free(ThreadCache cache, Slab slab, MemorySegment object) {
        long address = object.address();
        boolean isWhole = cache.trusted || slab.hasObjectAt(address) && isUsable(object) && isSizeOf(slab, object);
        if (isWhole && (cache.trusted || slab.markFree(address))) {
            freed.push(cache, address);
        } else {
            freeSlow(cache, slab, object);
        }
    }

    private boolean isSizeOf(Slab slab, MemorySegment object) {
        long bytes = object.byteSize();
        return bytes <= objectSize && (bytes >= leastBytes || SizedObjects.isShort(slab, object.address()));
    }

    private static boolean isUsable(MemorySegment object) {
        return object.isNative() && !object.isReadOnly() && object.scope().isAlive();
    }

    private void freeSlow(ThreadCache cache, Slab slab, MemorySegment object) {
        InvalidFreeException refused = refusal(slab, object);
        if (refused == null) {
            slow.free(cache, object.address());
        } else {
            misuse(object.address()).report(object.address(), refused);
        }
        // Keeps a watched segment reachable, so that no leak is reported during its free.
        Reference.reachabilityFence(object);
    }

    /**
     * Returns why a segment may not free an object.
     *
     * @param slab that covers its address
     * @param object anything native
     * @return the reason, or null if it may
     */
    public @Nullable InvalidFreeException refusal(Slab slab, MemorySegment object) {
        long address = object.address();
        InvalidFreeException refused = refusal(slab, address);
        if (refused != null) {
            return refused;
        }
        if (!isUsable(object)) {
            return misuse(address).ofUnusable(object);
        }
        @Nullable UsedSizes sizes = slow.sizes(address);
        long used = sizes == null ? 0 : sizes.of(SlabObject.at(slab, address));
        boolean fits =
                core.mode == Mode.UNCHECKED || (sizes == null ? isSizeOf(slab, object) : used == object.byteSize());
        return fits
                ? null
                : ofSize(
                        object,
                        sizes == null
                                ? leastBytes + " to " + objectSize + " bytes"
                                : "all " + used + " bytes that were asked for");
    }

    private InvalidFreeException ofSize(MemorySegment object, String expected) {
        return new InvalidFreeException(
                Kind.WRONG_SIZE,
                "free of a segment at 0x" + Long.toHexString(object.address()) + " with " + object.byteSize()
                        + " bytes to " + core + "; expected " + expected
                        + ", is this a slice? Free the segment that was handed out");
    }

    /**
     * Returns why an address may not free an object. Waits for a pending close.
     *
     * @param slab that covers the address
     * @param address anything
     * @return the reason, or null if it may
     */
    public @Nullable InvalidFreeException refusal(Slab slab, long address) {
        core.requireOpen();
        boolean isLive = slab.startsAt(address) && isLive(slab, address);
        return isLive ? null : misuse(address).diagnose(address);
    }

    private Misuse misuse(long address) {
        @Nullable Misuse guarded = slow.guardedMisuse(address);
        return guarded != null ? guarded : misuse;
    }

    private boolean isLive(Slab slab, long address) {
        @Nullable UsedSizes sizes = slow.sizes(address);
        return core.mode == Mode.UNCHECKED
                || (sizes == null ? SizedObjects.isOwned(slab, address) : sizes.isLive(SlabObject.at(slab, address)));
    }

    /** {@return the bytes that the user of an object may use: the size asked for, where that is known} */
    public long usableBytes(Slab slab, long address) {
        @Nullable UsedSizes sizes = slow.sizes(address);
        return sizes == null ? objectSize : sizes.of(SlabObject.at(slab, address));
    }

    /**
     * Lets the user of a live object keep it under another size.
     *
     * @param slab of the object
     * @param address of the object
     * @param bytes within the range of the class
     * @return false, and nothing done, if the object is debugged: a move finds users of the old segment
     */
    public boolean resize(Slab slab, long address, long bytes) {
        if (bytes < leastBytes || bytes > objectSize || slow.sizes(address) != null) {
            return false;
        }
        if (core.isChecked()) {
            // Ends the watch of the old segment, and a mark for its size.
            slab.markLive(address);
        }
        return true;
    }

    /** Allocates many objects or none. Throws at the limit of a budget. */
    public void allocateBulk(ThreadCache cache, long bytes, long[] addresses, int offset, int count) {
        boolean all = bulk.allocate(cache, addresses, offset, count);
        if (!all && core.supply.refusal() != null && reclaim.getAsLong() > 0) {
            all = bulk.allocate(cache, addresses, offset, count);
        }
        if (!all) {
            throw exhaustion.exception(count);
        }
        for (int i = offset; notesSizes && i < offset + count; i++) {
            noteSize(addresses[i], bytes);
        }
    }
}
