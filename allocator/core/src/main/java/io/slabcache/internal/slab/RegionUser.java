package io.slabcache.internal.slab;

/** The user of a {@link SlabRegion}. */
interface RegionUser {
    /** Whether a lease holds an object in the region. */
    boolean isAnyLeased();

    /** Ends the user, which never came into use. */
    void retire();
}
