package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
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
        long address = cache.pop();
        Slab guess = cache.guess();
        if (guess.hasObjectAt(address)) {
            guess.markLive(address);
            return address;
        }
        return handOut(cache, address);
    }

    /** Hands out a popped object of any slab. */
    private long handOut(ThreadCache cache, long address) {
        Slab slab = address == 0 ? null : index.find(address);
        if (slab == null) {
            return allocateSlow(cache, address);
        }
        slab.markLive(address);
        missGuess(cache, slab, address);
        return address;
    }

    /** Hands out an object that does not lie in the guessed slab. */
    void missGuess(ThreadCache cache, Slab slab, long address) {
        if (cache.guess() == Slab.NONE) {
            sampling.visit(cache, slab, address);
        } else {
            cache.missGuess(slab);
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
        long address = cache.pop();
        Slab guess = cache.guess();
        if (guess.hasObjectAt(address)) {
            guess.markLive(address);
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
        long address = cache.pop();
        Slab guess = cache.guess();
        if (!guess.hasObjectAt(address)) {
            return path.handOutSegment(cache, address);
        }
        if (!cache.trusted) {
            guess.markLive(address);
        }
        MemorySegment handle = guess.handleIfCreated(address);
        return handle != null ? handle : path.handle(guess, address);
    }

    private @Nullable MemorySegment handOutSegment(ThreadCache cache, long address) {
        Slab slab = address == 0 ? null : index.find(address);
        if (slab == null) {
            return allocateSegmentSlow(cache, address);
        }
        if (!cache.trusted) {
            slab.markLive(address);
        }
        missGuess(cache, slab, address);
        return handle(slab, address);
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

    private @Nullable MemorySegment allocateSegmentSlow(ThreadCache cache, long popped) {
        long address = allocateSlow(cache, popped);
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

    /** Continues after an empty magazine, a closed cache, or a close that began while the caller popped. */
    long allocateSlow(ThreadCache cache, long popped) {
        if (popped != 0) {
            cache.unpop(popped);
        } else if (core.hasMagazines) {
            long swapped = allocateSwapped(cache);
            if (swapped != 0) {
                return swapped;
            }
        }
        leaks.report();
        long address = slow.allocate(cache);
        sampling.offer(address);
        return address;
    }

    /** Allocates from the caller's other magazine; returns 0 if that is not enough. */
    private long allocateSwapped(ThreadCache cache) {
        long address = core.magazines.swapAndPop(cache);
        if (address == 0) {
            return 0;
        }
        Slab slab = cache.slabOf(address, index);
        if (slab == null) {
            slow.undo(address);
            return 0;
        }
        core.handOut(slab, address);
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
        long popped = cache.pop();
        long address = popped != 0 ? popped : core.magazines.allocateCached(cache);
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
