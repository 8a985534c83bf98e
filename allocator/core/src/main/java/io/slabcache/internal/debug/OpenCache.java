package io.slabcache.internal.debug;

import java.util.List;

/** A cache as those see it who look at all caches of this JVM. */
public interface OpenCache {
    /** {@return its name} */
    String name();

    /**
     * {@return whether memory of the cache lies at an address}
     *
     * @param address anything
     */
    boolean covers(long address);

    /** {@return whether it was not closed yet} */
    boolean isOpen();

    /** {@return objects that were handed out and not freed} */
    long liveObjects();

    /** {@return who allocated them, as far as that is known} */
    List<Tally> allocations();
}
