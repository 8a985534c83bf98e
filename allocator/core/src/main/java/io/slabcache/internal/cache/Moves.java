package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.MagazineCounts;
import io.slabcache.internal.slab.SlabCounts;

/**
 * Counts that change when objects move between threads, depot and slabs, read before and after a count of the objects.
 *
 * @param transfers of other threads' objects to the slabs; -1 while one is under way. Read first, so that the second
 *     reading follows the count at once
 */
record Moves(long transfers, long gets, long puts, long refills, long flushes, long free) {
    static Moves of(CacheCore core) {
        long transfers = core.magazines.transfers().awaited();
        MagazineCounts magazines = core.magazines.counts();
        SlabCounts slabs = core.supply.counts();
        return new Moves(
                transfers,
                magazines.depotGets(),
                magazines.depotPuts(),
                slabs.refills(),
                slabs.flushes(),
                slabs.freeObjects());
    }

    /**
     * Whether nothing has moved between these readings and later ones. In place of the method of records, whose first
     * call links much code and needs heap for that.
     */
    boolean areAll(Moves later) {
        return transfers >= 0
                && transfers == later.transfers
                && gets == later.gets
                && puts == later.puts
                && refills == later.refills
                && flushes == later.flushes
                && free == later.free;
    }
}
