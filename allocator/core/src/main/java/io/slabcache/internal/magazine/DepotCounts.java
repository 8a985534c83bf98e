package io.slabcache.internal.magazine;

/**
 * Counts of a {@link Depot}.
 *
 * @param full magazines with objects
 * @param empty magazines without objects
 * @param objects in the full magazines, some of which may be partly filled
 * @param places slots in all magazines
 * @param gets full magazines given out so far, or used to fill another one
 * @param puts full magazines taken in so far
 * @param contendedLocks acquisitions of the lock that had to wait
 * @param magazineCapacity objects in a magazine of a busy owner
 */
record DepotCounts(
        int full,
        int empty,
        long objects,
        long places,
        long gets,
        long puts,
        long contendedLocks,
        int magazineCapacity) {
    static DepotCounts of(
            MagazineStack full, MagazineStack empty, long gets, long puts, long contended, int magazineCapacity) {
        long places = full.places() + empty.places();
        return new DepotCounts(
                full.count(), empty.count(), full.objects(), places, gets, puts, contended, magazineCapacity);
    }
}
