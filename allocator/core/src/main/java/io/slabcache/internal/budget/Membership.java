package io.slabcache.internal.budget;

import java.lang.ref.WeakReference;

/**
 * Keeps a cache among the {@link Members} of a ledger, and its {@link Reclaimable} reachable. Belongs to the cache; the
 * ledger refers to neither.
 */
public final class Membership {
    private final WeakReference<Reclaimable> reference;

    /** Kept reachable as long as the cache, of which this is a part. */
    @SuppressWarnings("unused")
    private final Reclaimable cache;

    Membership(Reclaimable cache, WeakReference<Reclaimable> reference) {
        this.cache = cache;
        this.reference = reference;
    }

    /** Ends it, because the cache was closed. The ledger goes on naming memory that the cache could not give back. */
    public void end() {
        reference.clear();
    }
}
