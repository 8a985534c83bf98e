package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.internal.config.SamplingRate;
import io.slabcache.internal.debug.UsedSizes;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The guarded objects of a cache: a few, in a slab of their own, with wide redzones, poison and tracks. They form a
 * small debugged cache beside the main one, with the same name and the same reports.
 *
 * <p>The fast paths do not know guarded objects. Now and then an allocation on the slow path gets one. Its free finds
 * no slab at the address, so it takes the slow path too, which asks here. Guarded objects are reused in the order of
 * their frees, as late as possible, so that writes after free are found. At the bound of the cache they are handed out
 * like any other, so they do not lower the number of live objects.
 */
final class Guard {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final CacheCore core;
    private final CacheCore guarded;
    private final DebuggedPath path;
    private final Misuse misuse;
    private final SamplingRate rate;

    /**
     * Whether the guarded slab could not be made. Never tried again, because a source without memory may take long to
     * fail.
     */
    private volatile boolean isGivenUp;

    /**
     * Guards some objects.
     *
     * @param core of the main cache
     * @param guarded the layers of the guarded objects
     * @param path that allocates and frees guarded objects
     * @param misuse of guarded objects
     * @param rate of allocations that get a guarded object
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

    /** Returns a guarded object for a caller of the slow path or, in most cases, 0. */
    long sample(ThreadCache cache) {
        return rate.hits(passed(cache)) ? allocate() : 0;
    }

    /**
     * Returns the calling thread's allocations since its last question, this one included. 0 while the thread has
     * cached objects: a prefill promises allocations without a lock.
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

    /** Allocates a guarded object; returns 0, and never fails, if all are live or their slab cannot be made. */
    long allocate() {
        if (isGivenUp || core.isConstructing()) {
            return 0;
        }
        long address = tryToAllocate();
        if (address != 0) {
            // A close that missed this object in its count has closed the cache by now; one that counted it is refused.
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
            // The guarded slab is closed after the others.
            core.requireOpen();
            if (guarded.supply.counts().slabs() > 0) {
                // The heap is full for the moment.
                return 0;
            }
            isGivenUp = true;
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    core + " cannot make the slab of its guarded objects, and continues without them",
                    e);
            return 0;
        }
    }

    /** Whether an address lies among the guarded objects; may be false only because of a close. */
    boolean covers(long address) {
        return slabOf(address) != null;
    }

    /** The slab of a guarded object, or null; null may mean only that a close is pending. */
    @Nullable
    Slab slabOf(long address) {
        return guarded.slabOf(address);
    }

    /** Like {@link #covers}, but never false because of a close. */
    boolean surelyCovers(long address) {
        if (covers(address)) {
            return true;
        }
        core.requireOpen();
        return false;
    }

    /** Frees a guarded object or reports why not; false if it certainly is not one. */
    boolean free(long address) {
        if (!surelyCovers(address)) {
            return false;
        }
        path.free(guarded.magazines.own(), address);
        return true;
    }

    boolean free(@Nullable MemorySegment object) {
        if (!surelyCovers(address(object))) {
            return false;
        }
        path.free(guarded.magazines.own(), object);
        return true;
    }

    /** For a heap segment the result is an offset, not an address. */
    static long address(@Nullable MemorySegment object) {
        return object == null || !object.isNative() ? 0 : object.address();
    }

    /** Undoes an allocation that the caller has not seen; false if the object is not guarded. */
    boolean undo(long address) {
        if (!covers(address)) {
            return false;
        }
        path.undo(address);
        return true;
    }

    /**
     * Frees guarded objects, all or none. Runs {@code rest}, the rest of the call, after that and before the reports.
     */
    int free(long[] addresses, int count, Runnable rest) {
        return path.free(addresses, count, rest);
    }

    /** The sizes that users of guarded objects asked for. */
    UsedSizes sizes(long address) {
        return path.sizes(address);
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

    /** Returns the guarded slab to the source if none of its objects is live. */
    long shrink() {
        guarded.requireOpen();
        guarded.magazines.reclaim();
        path.shrink();
        return guarded.supply.shrink();
    }
}
