package io.slabcache.internal.registry;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.leaks.LiveSample;
import io.slabcache.internal.magazine.MagazineHolder;
import java.util.List;

/** The view of a cache that the registry needs. */
public interface OpenCache {
    /** {@return its name} */
    String name();

    /** {@return its number, unique in this JVM} */
    long id();

    /**
     * {@return whether memory of the cache lies at an address}
     *
     * @param address anything
     */
    boolean covers(long address);

    /** {@return whether it is not closed} */
    boolean isOpen();

    /** {@return a snapshot of what it holds and has done} */
    SlabCacheStats stats();

    /** {@return the number of live objects} */
    default long liveObjects() {
        return stats().liveObjects();
    }

    /** Samples one of its next allocations, for a recording; does nothing if the cache never samples. */
    default void inviteSample() {}

    /** {@return the sampled objects that are live} */
    default List<LiveSample> liveSamples() {
        return List.of();
    }

    /** {@return where its free objects are kept, apart from the slab lists} */
    default List<MagazineHolder> holders() {
        return List.of();
    }

    /** {@return where these were allocated, as far as that is known} */
    List<ObjectTrace> allocations();
}
