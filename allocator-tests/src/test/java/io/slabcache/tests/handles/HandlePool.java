package io.slabcache.tests.handles;

/** What the driver knows of handles: the library, or a variant of it with a mistake. */
interface HandlePool {
    long allocate();

    /** Frees by handle; false if that was refused. */
    boolean free(long handle);

    boolean isLive(long handle);

    long address(long handle);

    /** Frees a live object by its address. */
    void freeAddress(long address);

    long allocateAddress();

    /** Nothing is live any more. */
    void end();
}
