package io.slabcache.internal.magazine;

import java.util.ArrayList;
import java.util.List;

/**
 * Where free objects of a cache wait for the next allocation: a thread's magazines, a stripe of virtual threads, or the
 * depot.
 *
 * @param name of the thread, or what else it is
 * @param threadId of the thread, or 0
 * @param objects recent, because the thread may be at work
 */
public record MagazineHolder(String name, long threadId, long objects) {
    /**
     * Returns all holders of a cache, for inspection. A dead thread is one until its magazines are taken from it.
     *
     * @param magazines of the cache
     * @return threads, then stripes, then the depot, each only if it has objects
     */
    public static List<MagazineHolder> in(MagazineLayer magazines) {
        List<MagazineHolder> holders = new ArrayList<>();
        for (ThreadCache cache : magazines.allCaches()) {
            long objects = cache.cached();
            if (objects > 0) {
                holders.add(of(cache, objects));
            }
        }
        long inDepot = magazines.counts().cachedInDepot();
        if (inDepot > 0) {
            holders.add(new MagazineHolder("the depot", 0, inDepot));
        }
        return holders;
    }

    private static MagazineHolder of(ThreadCache cache, long objects) {
        if (!cache.hasOwner()) {
            return new MagazineHolder("virtual threads", 0, objects);
        }
        Thread owner = cache.owner();
        return new MagazineHolder(owner == null ? "a dead thread" : owner.getName(), cache.ownerId, objects);
    }
}
