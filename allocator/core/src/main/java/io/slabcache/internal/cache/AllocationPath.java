package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An allocation by a known {@link ThreadCache}. In order: the spare object; a pop from the loaded magazine and the
 * look-up of its slab; the slow path through depot and slabs. Callers of {@link #allocate} and {@link #allocateAddress}
 * have tried the spare object themselves.
 */
public final class AllocationPath {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final CacheCore core;
    private final SlabIndex index;
    private final SlowPath slow;
    private final Leaks leaks;
    private final Sampling sampling;
    private final Exhaustion exhaustion;

    private final boolean lockless;

    private final AtomicBoolean warnedNotLockless = new AtomicBoolean();

    AllocationPath(
            CacheCore core, SlowPath slow, Leaks leaks, Sampling sampling, Exhaustion exhaustion, boolean lockless) {
        this.core = core;
        this.index = core.index;
        this.slow = slow;
        this.leaks = leaks;
        this.sampling = sampling;
        this.exhaustion = exhaustion;
        this.lockless = lockless;
    }

    public long tryAllocateAddress(ThreadCache cache) {
        long popped = cache.trusted ? cache.pop() : 0;
        if (popped != 0) {
            return popped;
        }
        long spare = cache.takeSpare();
        return spare != 0 ? spare : popChecked(cache);
    }

    private long popChecked(ThreadCache cache) {
        long address = cache.peek();
        Slab guess = cache.guess();
        if (guess.hasObjectAt(address)) {
            cache.take(guess, address);
            return address;
        }
        return handOut(cache, address);
    }

    /** Hands out the next object of the magazine, in any slab. */
    private long handOut(ThreadCache cache, long address) {
        Slab slab = address == 0 ? null : index.find(address);
        if (slab == null) {
            return allocateSlow(cache, address == 0);
        }
        take(cache, slab, address);
        return address;
    }

    /** Takes an object that does not lie in the guessed slab from the magazine. */
    void take(ThreadCache cache, Slab slab, long address) {
        if (cache.missGuess(slab)) {
            takeNext(cache, slab, address);
        } else {
            takeUnguessed(cache, slab, address);
        }
    }

    /** A recording may mark the object after it is live, so this claims the stack before. */
    private void takeUnguessed(ThreadCache cache, Slab slab, long address) {
        StackReserve.claim(1);
        takeNext(cache, slab, address);
        sampling.visit(cache, slab, address);
    }

    /**
     * Takes the next object of the magazine. The last step of an allocation: no error after it may lose the object.
     *
     * @param cache of the calling thread
     * @param slab of the object
     * @param address what {@link ThreadCache#peek} has just returned
     */
    public static void takeNext(ThreadCache cache, Slab slab, long address) {
        if (cache.trusted) {
            cache.drop();
        } else {
            cache.take(slab, address);
        }
    }

    /** Shows the first object of a bulk call to a recording, for a thread without a guess. */
    void visit(ThreadCache cache, long address) {
        Slab slab = index.find(address);
        if (slab != null) {
            sampling.visit(cache, slab, address);
        }
    }

    /**
     * Allocates for a caller whose spare object is out. Static, like the next one, so that a loop of allocations neither
     * loads the path nor keeps it in a register.
     */
    public static long allocateAddress(AllocationPath path, ThreadCache cache) {
        long address = cache.peek();
        Slab guess = cache.guess();
        if (guess.hasObjectAt(address)) {
            cache.take(guess, address);
            return address;
        }
        return path.require(path.handOut(cache, address));
    }

    private long require(long address) {
        if (address == 0) {
            throw exhaustion.exception(1);
        }
        return address;
    }

    public @Nullable MemorySegment tryAllocate(ThreadCache cache) {
        MemorySegment spare = cache.takeSpareHandle();
        return spare != null ? spare : popSegment(this, cache);
    }

    private static @Nullable MemorySegment popSegment(AllocationPath path, ThreadCache cache) {
        long address = cache.peek();
        Slab guess = cache.guess();
        if (!guess.hasObjectAt(address)) {
            return path.handOutSegment(cache, address);
        }
        // Before the object is taken, because there may be no heap for its first handle.
        MemorySegment handle = guess.handle(address);
        takeNext(cache, guess, address);
        return handle;
    }

    private @Nullable MemorySegment handOutSegment(ThreadCache cache, long address) {
        Slab slab = address == 0 ? null : index.find(address);
        if (slab == null) {
            return allocateSegmentSlow(cache, address == 0);
        }
        MemorySegment handle = slab.handle(address);
        take(cache, slab, address);
        return handle;
    }

    /**
     * The segment of a new object. The object goes back if its first handle cannot be made because the heap is full.
     */
    private MemorySegment handle(Slab slab, long address) {
        try {
            return slab.handle(address);
        } catch (RuntimeException | Error e) {
            slow.undo(address);
            throw e;
        }
    }

    private @Nullable MemorySegment allocateSegmentSlow(ThreadCache cache, boolean isEmpty) {
        long address = allocateSlow(cache, isEmpty);
        return address == 0 ? null : newSegment(address);
    }

    /** Like {@link #handle}, but the segment may be a watched one. */
    private MemorySegment newSegment(long address) {
        try {
            return segmentOf(address);
        } catch (RuntimeException | Error e) {
            slow.undo(address);
            throw e;
        }
    }

    private MemorySegment segmentOf(long address) {
        MemorySegment watched = leaks.watch(address);
        return watched != null ? watched : slow.segment(address);
    }

    /** Allocates for a caller whose spare object is out. */
    public static MemorySegment allocate(AllocationPath path, ThreadCache cache) {
        MemorySegment object = popSegment(path, cache);
        if (object == null) {
            throw path.exhaustion.exception(1);
        }
        return object;
    }

    /** Continues after an empty magazine; or if that is not empty, after the look-up failed because of a close. */
    long allocateSlow(ThreadCache cache, boolean isEmpty) {
        long swapped = isEmpty && core.hasMagazines ? allocateSwapped(cache) : 0;
        if (swapped != 0) {
            return swapped;
        }
        leaks.report();
        long address = slow.allocate(cache);
        sampling.offer(address);
        return address;
    }

    /** Allocates from the caller's other magazine; returns 0 if that is not enough. */
    private long allocateSwapped(ThreadCache cache) {
        long address = core.magazines.swapToPop(cache) ? cache.peek() : 0;
        Slab slab = address == 0 ? null : cache.slabOf(address, index);
        if (slab == null) {
            return 0;
        }
        takeNext(cache, slab, address);
        return address;
    }

    /** Never waits, so it does not learn how a pending close is decided. */
    public long tryAllocateAddressCached(ThreadCache cache) {
        if (!lockless && warnedNotLockless.compareAndSet(false, true)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "tryAllocateCached on " + core + ", which was built with"
                            + " lockless(false): taking the locked path, as allocate does");
        }
        if (!lockless || core.mode == Mode.DEBUGGED) {
            return tryAllocateAddress(cache);
        }
        long spare = cache.takeSpare();
        if (spare != 0) {
            return spare;
        }
        long next = cache.peek();
        if (next == 0) {
            return allocateExchanged(cache);
        }
        Slab slab = cache.slabOf(next, index);
        if (slab == null) {
            core.requireNotClosed();
            return 0;
        }
        takeNext(cache, slab, next);
        return next;
    }

    /** Allocates from a magazine that the caller gets in exchange for its empty one, without waiting; or returns 0. */
    private long allocateExchanged(ThreadCache cache) {
        long address = core.magazines.allocateCached(cache);
        Slab slab = address == 0 ? null : cache.slabOf(address, index);
        if (slab == null) {
            if (address != 0) {
                slow.undo(address);
            }
            core.requireNotClosed();
            return 0;
        }
        core.handOut(slab, address);
        return address;
    }

    public @Nullable MemorySegment tryAllocateCached(ThreadCache cache) {
        long address = tryAllocateAddressCached(cache);
        if (address == 0) {
            return null;
        }
        // Watching costs too much for callers that may not wait, except in a debugged cache, which is slow anyway.
        Slab slab = core.mode == Mode.DEBUGGED ? null : cache.slabOf(address, index);
        return slab != null ? handle(slab, address) : newSegment(address);
    }
}
