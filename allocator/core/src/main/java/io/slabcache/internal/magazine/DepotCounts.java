package io.slabcache.internal.magazine;

/**
 * What a {@link Depot} counts.
 *
 * @param full magazines with objects that are there now
 * @param empty magazines without
 * @param objects in the full ones, of which the uppermost may lack some
 * @param places in all of them
 * @param gets full magazines given out so far, or filled from one
 * @param puts full magazines taken in so far
 * @param contendedLocks acquisitions of the lock that had to wait
 * @param magazineCapacity objects that the magazines of a busy owner hold now
 */
record DepotCounts(
        int full,
        int empty,
        long objects,
        long places,
        long gets,
        long puts,
        long contendedLocks,
        int magazineCapacity) {}
