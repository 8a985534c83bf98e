package io.slabcache.internal.cache;

import io.slabcache.internal.debug.UsedSizes;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the fast paths do not handle. A cache has one of three forms: {@link OrdinaryPath}, {@link
 * GuardedPath} if some objects are guarded, {@link DebuggedPath} if the cache is debugged.
 */
public interface SlowPath {
    /**
     * Allocates an object for a caller with empty magazines.
     *
     * @param cache of the caller
     * @return an address, live; 0 at the bound
     */
    long allocate(ThreadCache cache);

    /**
     * Replaces a guarded object, for leases and generations: guarded objects have no marks for these.
     *
     * @param cache of the caller
     * @param given an address that was just allocated, or 0
     * @return the given address if it is not guarded; 0 at the bound
     */
    default long exchangeGuarded(ThreadCache cache, long given) {
        return given;
    }

    /** {@return the sizes that users asked for, if this path notes that of an object; or {@code null}} */
    default @Nullable UsedSizes sizes(long address) {
        return null;
    }

    /** {@return what explains refused frees of a guarded object; or {@code null} if none lies at the address} */
    default @Nullable Misuse guardedMisuse(long address) {
        return null;
    }

    /** {@return whether the last allocation of the calling thread failed on purpose} */
    default boolean wasInjected() {
        return false;
    }

    /**
     * Frees an object that the fast path did not find live, or reports what is wrong with it.
     *
     * @param cache of the caller
     * @param address anything
     */
    void free(ThreadCache cache, long address);

    /**
     * Frees an object by its segment, as {@link #free(ThreadCache, long)} does.
     *
     * @param cache of the caller
     * @param object anything, including {@code null}
     */
    void free(ThreadCache cache, @Nullable MemorySegment object);

    /**
     * Frees all objects of a bulk call or none, or reports what is wrong with one of them.
     *
     * @param cache of the caller
     * @param addresses of the call; no other thread changes them
     * @param bad position of the first one that the fast path did not find live
     */
    void freeBulk(ThreadCache cache, long[] addresses, int bad);

    /**
     * Frees the objects of segments, as {@link #freeBulk(ThreadCache, long[], int)} does.
     *
     * @param cache of the caller
     * @param objects of the call; no other thread changes them
     * @param bad position of the first one that the fast path did not find live
     */
    void freeBulk(ThreadCache cache, MemorySegment[] objects, int bad);

    /**
     * Undoes an allocation that its caller never saw; counts as neither an allocation nor a free. Allocates no heap,
     * because the heap may be full.
     *
     * @param address of the object
     */
    void undo(long address);

    /** {@return the segment of the object at an address; throws if none starts there} */
    MemorySegment segment(long address);

    /** {@return the slab of an address, or null; waits for a pending close, and throws if the cache is closed} */
    @Nullable
    Slab slabOf(long address);

    /** {@return whether an object starts at an address} */
    boolean owns(long address);

    /** {@return whether memory of the cache lies at an address} */
    boolean covers(long address);

    /** {@return the bound on live objects} */
    long maxObjects();

    /** {@return the bytes of this path's own slabs that were returned} */
    long shrink();
}
