package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;

/** What the scenarios use of a cache, so that a broken one can take its place. */
interface Pool {
    /** The calling thread's own way in. */
    Pool local();

    /** An object, or {@code null} at the bound. */
    MemorySegment tryAllocate();

    /** An object that is at hand, or {@code null}. */
    MemorySegment tryAllocateCached();

    /** Fills the array, or returns false and takes nothing. */
    boolean allocateBulk(MemorySegment[] objects);

    /** Frees an object; false if that was refused as a double free. */
    boolean free(MemorySegment object);

    void flush();

    long shrink();

    MemorySegment segment(long address);

    /** All numbers of the statistics, first allocations, frees and live objects. */
    long[] counts();

    /** Closes; false if that was refused for live objects. */
    boolean close();

    void closeNow();
}
