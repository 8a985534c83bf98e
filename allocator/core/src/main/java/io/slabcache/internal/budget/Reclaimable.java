package io.slabcache.internal.budget;

/** A cache that draws on a budget, as other caches see it when the budget is spent. */
@FunctionalInterface
public interface Reclaimable {
    /**
     * Gives at most one region of free memory back to its source. Called by a thread of any cache that needs memory, with
     * no lock held. Throws no exception: the caller has nothing to do with this cache.
     *
     * @param thoroughly whether to collect cached objects first, which makes threads of this cache refill; otherwise
     *     only memory that is free already is given back
     * @return bytes given back, or 0
     */
    long giveBackOne(boolean thoroughly);
}
