package io.slabcache.internal.slab;

/**
 * The slabs that threads in a hurry make, where a helper makes larger ones. The C library may keep their memory when they
 * are freed, so a cache has only some of them.
 */
final class SmallSlabs {
    /** What a cache has of them before the first large slab, and four more for helpers that come too late. */
    static final long MOST_BYTES = 32 << 20;

    private SmallSlabs() {}

    static boolean includes(Slab slab) {
        SlabGeometry geometry = slab.geometry;
        return geometry.largestHurriedObjects < geometry.largestObjects
                && slab.objects() <= geometry.largestHurriedObjects;
    }

    /** Whether a cache has as many as it may. */
    static boolean areEnough(SlabGeometry geometry, long objects) {
        return objects * geometry.stride >= MOST_BYTES;
    }
}
