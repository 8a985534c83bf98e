package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way of an allocation once it is known whose {@link ThreadCache} serves it: the spare object, else a pop and a look
 * for the slab of what was popped, else the slow way through depot and slabs. Callers of {@link #allocate} and {@link
 * #allocateAddress} have tried the spare object themselves.
 */
final class AllocationPath {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final Engine engine;
    private final SlabIndex index;
    private final AtomicBoolean warnedNotLockless = new AtomicBoolean();

    AllocationPath(Engine engine) {
        this.engine = engine;
        this.index = engine.index;
    }

    long tryAllocateAddress(ThreadCache cache) {
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

    /** What was popped, from whichever slab it is. */
    private long handOut(ThreadCache cache, long address) {
        Slab slab = index.find(address);
        if (slab == null) {
            return allocateSlow(cache, address);
        }
        slab.markLive(address);
        return address;
    }

    long allocateAddress(ThreadCache cache) {
        long address = popChecked(cache);
        if (address == 0) {
            throw engine.exhausted(1);
        }
        return address;
    }

    MemorySegment tryAllocate(ThreadCache cache) {
        MemorySegment spare = cache.takeSpareHandle();
        return spare != null ? spare : popSegment(cache);
    }

    private MemorySegment popSegment(ThreadCache cache) {
        long address = cache.pop();
        Slab guess = cache.guess();
        if (guess.hasObjectAt(address)) {
            if (!cache.trusted) {
                guess.markLive(address);
            }
            return handle(guess, address);
        }
        return handOutSegment(cache, address);
    }

    private MemorySegment handOutSegment(ThreadCache cache, long address) {
        Slab slab = index.find(address);
        if (slab == null) {
            return allocateSegmentSlow(cache, address);
        }
        if (!cache.trusted) {
            slab.markLive(address);
        }
        return handle(slab, address);
    }

    /** Of an object that goes back if its first handle cannot be made: the heap may be full. */
    private MemorySegment handle(Slab slab, long address) {
        try {
            return slab.handle(address);
        } catch (RuntimeException | Error e) {
            engine.freeing.unallocate(address);
            throw e;
        }
    }

    private MemorySegment allocateSegmentSlow(ThreadCache cache, long popped) {
        long address = allocateSlow(cache, popped);
        return address == 0 ? null : newSegment(address);
    }

    /** {@link #handle}, or a segment that is watched. */
    private MemorySegment newSegment(long address) {
        try {
            return engine.newSegment(address);
        } catch (RuntimeException | Error e) {
            engine.freeing.unallocate(address);
            throw e;
        }
    }

    MemorySegment allocate(ThreadCache cache) {
        MemorySegment object = popSegment(cache);
        if (object == null) {
            throw engine.exhausted(1);
        }
        return object;
    }

    /** There was nothing to pop, or the cache was closed, or is being closed, while the caller popped. */
    private long allocateSlow(ThreadCache cache, long popped) {
        if (popped != 0) {
            cache.unpop(popped);
        } else {
            long swapped = allocateSwapped(cache);
            if (swapped != 0) {
                return swapped;
            }
        }
        engine.reportLeaks();
        if (engine.debugger != null) {
            return engine.debugger.allocate(cache);
        }
        long guarded = engine.guard == null ? 0 : engine.guard.sample(cache);
        long address = guarded != 0 ? guarded : allocateOrdinary(cache);
        return address != 0 ? address : allocateLast();
    }

    /** An object out of the caller's other magazine; or 0, if more is to be done. */
    private long allocateSwapped(ThreadCache cache) {
        long address = engine.magazines.swapAndPop(cache);
        if (address == 0) {
            return 0;
        }
        Slab slab = cache.slabOf(address, index);
        if (slab == null) {
            engine.freeing.unallocate(address);
            return 0;
        }
        engine.handOut(slab, address);
        return address;
    }

    /** An object out of the magazines, or 0 at the bound. */
    private long allocateOrdinary(ThreadCache cache) {
        boolean wasExhausted = cache.isExhausted();
        while (true) {
            engine.requireOpen();
            long address = engine.magazines.allocate(cache);
            if (address == 0) {
                // Closed meanwhile looks like exhausted.
                engine.requireOpen();
                return 0;
            }
            Slab slab = engine.slabOf(address);
            if (slab != null) {
                engine.handOut(slab, address);
                // Not the cache that was given: a thread's first allocation has registered one.
                ThreadCache own = engine.magazines.caches().current();
                own.learn(slab, address);
                if (wasExhausted) {
                    own.beginCount();
                }
                return address;
            }
            // Closed meanwhile, or a close is being decided: the next turn finds out.
            engine.freeing.unallocate(address);
        }
    }

    /** Guarded objects are all that is left at the bound, if anything is. */
    private long allocateLast() {
        long guarded = engine.guard == null ? 0 : engine.guard.allocate();
        if (guarded == 0) {
            engine.exhaustions.increment();
        }
        return guarded;
    }

    /**
     * Another object in the place of a guarded one, for leases and generations, whose marks those do not have.
     *
     * @return the address that was given if it is not guarded; 0 at the bound
     */
    long exchangeGuarded(ThreadCache cache, long given) {
        if (engine.guard == null || !engine.guard.undo(given)) {
            return given;
        }
        long address = allocateOrdinary(cache);
        if (address == 0) {
            engine.exhaustions.increment();
        }
        return address;
    }

    /** Never waits, so it does not find out whether a close that is being decided comes about. */
    long tryAllocateAddressCached(ThreadCache cache) {
        if (!engine.lockless && warnedNotLockless.compareAndSet(false, true)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "tryAllocateCached on " + engine + ", which was built with"
                            + " lockless(false): taking the locked path, as allocate does");
        }
        if (!engine.lockless || engine.debugger != null) {
            return tryAllocateAddress(cache);
        }
        long spare = cache.takeSpare();
        if (spare != 0) {
            return spare;
        }
        long popped = cache.pop();
        long address = popped != 0 ? popped : engine.magazines.allocateCached(cache);
        Slab slab = address == 0 ? null : cache.slabOf(address, index);
        if (slab == null) {
            if (address != 0) {
                engine.freeing.unallocate(address);
            }
            engine.requireNotClosed();
            return 0;
        }
        engine.handOut(slab, address);
        return address;
    }

    MemorySegment tryAllocateCached(ThreadCache cache) {
        long address = tryAllocateAddressCached(cache);
        if (address == 0) {
            return null;
        }
        // Watching is too much for callers that may not wait, unless they have chosen a cache that is slow anyway.
        Slab slab = engine.debugger == null ? cache.slabOf(address, index) : null;
        return slab != null ? handle(slab, address) : newSegment(address);
    }
}
