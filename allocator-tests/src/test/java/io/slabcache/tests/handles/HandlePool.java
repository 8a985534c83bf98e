package io.slabcache.tests.handles;

/** Handles as the driver uses them: those of the library, or a known-bad variant. */
interface HandlePool {
    long allocate();

    /** Frees by handle; returns false if that was refused. */
    boolean free(long handle);

    boolean isLive(long handle);

    long address(long handle);

    /** Frees a live object by its address. */
    void freeAddress(long address);

    long allocateAddress();

    /** Ends the pool, when nothing is live. */
    void end();
}
