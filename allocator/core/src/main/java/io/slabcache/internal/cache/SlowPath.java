package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;

/**
 * What the fast paths leave to the slow one. It has three forms, of which a cache has one: {@link OrdinaryPath}, {@link
 * GuardedPath} where some objects are guarded, {@link DebuggedPath} where all are looked at.
 */
public interface SlowPath {
    /**
     * An object for a caller whose magazines are empty.
     *
     * @param cache of the caller
     * @return an address, live; 0 at the bound
     */
    long allocate(ThreadCache cache);

    /**
     * Another object in the place of a guarded one, for leases and generations, whose marks guarded objects do not have.
     *
     * @param cache of the caller
     * @param given an address that was just allocated, or 0
     * @return the address that was given if it is not guarded; 0 at the bound
     */
    long exchangeGuarded(ThreadCache cache, long given);

    /** {@return whether the last allocation of the calling thread failed on purpose} */
    boolean wasInjected();

    /**
     * Frees an object that the fast path did not find live, or reports what is wrong with it.
     *
     * @param cache of the caller
     * @param address anything
     */
    void free(ThreadCache cache, long address);

    /**
     * {@link #free(ThreadCache, long)} of a segment.
     *
     * @param cache of the caller
     * @param object anything, also {@code null}
     */
    void free(ThreadCache cache, MemorySegment object);

    /**
     * Frees all objects of a bulk call or none, or reports what is wrong with one of them.
     *
     * @param cache of the caller
     * @param addresses of the call, not changed by any other thread
     * @param bad place of the first one that the fast path did not find live
     */
    void freeBulk(ThreadCache cache, long[] addresses, int bad);

    /**
     * {@link #freeBulk(ThreadCache, long[], int)} of segments.
     *
     * @param cache of the caller
     * @param objects of the call, not changed by any other thread
     * @param bad place of the first one that the fast path did not find live
     */
    void freeBulk(ThreadCache cache, MemorySegment[] objects, int bad);

    /**
     * Undoes that an object was handed out to a caller that never saw it: neither an allocation nor a free. Allocates nothing,
     * because the heap may be full.
     *
     * @param address of the object
     */
    void undo(long address);

    /** {@return the segment of the object at an address; throws if none starts there} */
    MemorySegment segment(long address);

    /** {@return whether an object starts at an address} */
    boolean owns(long address);

    /** {@return whether memory of the cache lies at an address} */
    boolean covers(long address);

    /** {@return the bound on live objects} */
    long maxObjects();

    /** {@return the bytes given back of what this path keeps apart} */
    long shrink();
}
