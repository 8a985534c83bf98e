package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.internal.config.SamplingRate;
import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;

/**
 * The guarded objects of a cache: a few, in a slab of their own, with wide redzones, poison and tracks. They are a small
 * debugged cache beside the other one, with the same name and the same reports.
 *
 * <p>The fast paths do not know of them. An allocation that takes the slow path gets one now and then; its free finds no
 * slab at the address, takes the slow path because of that, and is sent here. They are used again in the order in which
 * they were freed, as late as possible, so that writes after free are found. At the bound of the cache they are handed
 * out like any other, so that as many objects can be live as without them.
 */
final class Guard {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final CacheCore core;
    private final CacheCore guarded;
    private final DebuggedPath path;
    private final Misuse misuse;
    private final SamplingRate rate;

    /** Whether their slab could not be made. Not tried again: a source without memory may take long to say so. */
    private volatile boolean isGivenUp;

    /**
     * Guards some objects.
     *
     * @param core of the cache
     * @param guarded the layers of the guarded objects
     * @param path by which these are allocated and freed
     * @param misuse of these
     * @param rate in which allocations one is given out
     */
    Guard(CacheCore core, CacheCore guarded, DebuggedPath path, Misuse misuse, SamplingRate rate) {
        this.core = core;
        this.guarded = guarded;
        this.path = path;
        this.misuse = misuse;
        this.rate = rate;
    }

    /** Reports misuse of guarded objects. */
    Misuse misuse() {
        return misuse;
    }

    /** A guarded object for a caller of the slow path, or 0, as in most cases. */
    long sample(ThreadCache cache) {
        return rate.hits(passed(cache)) ? allocate() : 0;
    }

    /**
     * Allocations of the calling thread since it was asked last, with this one. None while it has objects: allocations
     * for which a thread has made provision take no lock.
     */
    private static long passed(ThreadCache cache) {
        if (!cache.hasOwner()) {
            return 1;
        }
        if (!cache.isExhausted()) {
            return 0;
        }
        long passed = cache.counted() + 1;
        cache.beginCount();
        return passed;
    }

    /** A guarded object, or 0 if all are live or their slab cannot be made, which is no reason for anything to fail. */
    long allocate() {
        if (isGivenUp || core.isConstructing()) {
            return 0;
        }
        long address = tryToAllocate();
        if (address != 0) {
            // A close that has not counted this object has closed the cache by now; one that has gives up.
            core.requireOpen();
        }
        return address;
    }

    private long tryToAllocate() {
        try {
            return path.allocate(guarded.magazines.own());
        } catch (CorruptedObjectException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            // This slab is closed after the others.
            core.requireOpen();
            if (guarded.supply.counts().slabs() > 0) {
                // The heap is full for the moment.
                return 0;
            }
            isGivenUp = true;
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    core + " cannot make the slab of its guarded objects, and goes on without them",
                    e);
            return 0;
        }
    }

    /** Whether an address lies among the guarded objects. */
    boolean covers(long address) {
        return guarded.slabOf(address) != null;
    }

    /** {@link #covers}, and sure if it is false: not because of a close. */
    boolean surelyCovers(long address) {
        if (covers(address)) {
            return true;
        }
        core.requireOpen();
        return false;
    }

    /** Takes a guarded object back, or reports why not; false if it is surely none. */
    boolean free(long address) {
        if (!surelyCovers(address)) {
            return false;
        }
        path.free(guarded.magazines.own(), address);
        return true;
    }

    boolean free(MemorySegment object) {
        if (!surelyCovers(address(object))) {
            return false;
        }
        path.free(guarded.magazines.own(), object);
        return true;
    }

    /** Of a heap segment, what is called an address is an offset. */
    static long address(MemorySegment object) {
        return object == null || !object.isNative() ? 0 : object.address();
    }

    /** Undoes the allocation of a guarded object that its caller has not seen; false if it is none. */
    boolean undo(long address) {
        if (!covers(address)) {
            return false;
        }
        path.undo(address);
        return true;
    }

    /** Frees guarded objects, all or none; what else is part of the call is done between that and the reports. */
    int free(long[] addresses, int count, Runnable rest) {
        return path.free(addresses, count, rest);
    }

    MemorySegment segment(long address) {
        return guarded.segment(address);
    }

    boolean owns(long address) {
        return path.owns(address);
    }

    long maxObjects() {
        return path.maxObjects();
    }

    /** Gives their slab back, if none is live. */
    long shrink() {
        guarded.requireOpen();
        guarded.magazines.reclaim();
        path.shrink();
        return guarded.supply.shrink();
    }
}
