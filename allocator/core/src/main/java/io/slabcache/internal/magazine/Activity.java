package io.slabcache.internal.magazine;

/** How often in a row a cache was looked at without having been used since the look before. Guarded by {@link IdleCaches}. */
final class Activity {
    private long frees = -1;
    private int cached;
    private int idleLooks;

    /** Looks at the counts of a cache; returns how many looks in a row, this one included, found it unused. */
    int look(long nowFrees, int nowCached) {
        boolean idle = nowFrees == frees && nowCached == cached;
        frees = nowFrees;
        cached = nowCached;
        idleLooks = idle ? Math.min(idleLooks + 1, Integer.MAX_VALUE - 1) : 0;
        return idleLooks;
    }
}
