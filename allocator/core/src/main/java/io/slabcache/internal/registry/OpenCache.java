package io.slabcache.internal.registry;

import io.slabcache.diagnostics.ObjectTrace;
import java.util.List;

/** The view of a cache that the registry needs. */
public interface OpenCache {
    /** {@return its name} */
    String name();

    /** {@return its number, which no other cache of this JVM has} */
    long id();

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

    /** {@return where they were allocated, as far as that is known} */
    List<ObjectTrace> allocations();
}
