package io.slabcache.internal.slab;

/**
 * How many free objects the helper of a {@link Grower} keeps ready: those that the user asked for, and while a cache
 * grows a share of what it has.
 *
 * <p>A cache grows from the moment at which a thread made a slab in a hurry until memory is given back. So a cache whose
 * unused memory went back does not get it again at once.
 */
final class Lookahead {
    /** A smaller cache needs no helper: making a slab of its size takes a few milliseconds. */
    private static final long LEAST_TOTAL_BYTES = 8 << 20;

    /** What is kept ready is this part of the cache, until it is a large slab. */
    private static final int SHARE = 4;

    private final SlabGeometry geometry;

    /** What the user asked for. */
    private final long asked;

    /** Whether the cache grows. Set by a thread that grew it; cleared by one that gives memory back. */
    private volatile boolean isGrowing;

    Lookahead(SlabGeometry geometry, long asked) {
        this.geometry = geometry;
        this.asked = asked;
    }

    /** The free objects to keep ready in a cache of so many objects. */
    long objects(long totalObjects) {
        return isGrowing ? Math.max(asked, share(totalObjects)) : asked;
    }

    private long share(long totalObjects) {
        boolean isUseful = totalObjects * geometry.stride >= LEAST_TOTAL_BYTES
                && geometry.largestHurriedObjects < geometry.largestObjects;
        return isUseful ? Math.min(totalObjects / SHARE, geometry.largestObjects) : 0;
    }

    /** Notes a growth in a hurry, after which the cache has so many objects. */
    void grew(long totalObjects) {
        if (!isGrowing && share(totalObjects) > 0) {
            isGrowing = true;
        }
    }

    /** Notes that memory is given back. */
    void shrank() {
        isGrowing = false;
    }

    boolean isGrowing() {
        return isGrowing;
    }
}
