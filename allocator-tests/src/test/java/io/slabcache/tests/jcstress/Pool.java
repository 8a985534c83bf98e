package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;

/** The calls of a cache that the scenarios need. Known-bad pools implement it, too. */
interface Pool {
    /** Returns the calling thread's own entry point. */
    Pool local();

    /** Returns an object, or {@code null} at the bound. */
    MemorySegment tryAllocate();

    /** Returns a cached object, or {@code null}. */
    MemorySegment tryAllocateCached();

    /** Fills the array, or returns false and takes nothing. */
    boolean allocateBulk(MemorySegment[] objects);

    /** Frees an object; returns false if that was refused as a double free. */
    boolean free(MemorySegment object);

    void flush();

    long shrink();

    MemorySegment segment(long address);

    /** Returns all numbers of the statistics; the first ones are allocations, frees and live objects. */
    long[] counts();

    /** Closes; returns false if that was refused because of live objects. */
    boolean close();

    void closeNow();
}
