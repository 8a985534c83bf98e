package io.slabcache.internal.magazine;

/** Counts the consecutive looks that found a cache unused. Guarded by {@link IdleCaches}. */
final class Activity {
    private long frees = -1;
    private int cached;
    private int idleLooks;

    /** Compares with the counts of the last look; returns how many looks in a row, this one included, found no use. */
    int look(long nowFrees, int nowCached) {
        boolean idle = nowFrees == frees && nowCached == cached;
        frees = nowFrees;
        cached = nowCached;
        idleLooks = idle ? Math.min(idleLooks + 1, Integer.MAX_VALUE - 1) : 0;
        return idleLooks;
    }
}
