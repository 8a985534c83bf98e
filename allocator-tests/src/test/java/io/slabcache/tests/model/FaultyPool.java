package io.slabcache.tests.model;

/** The real cache with an occasional fault, rare enough to be hard to find. */
class FaultyPool extends CachePool {
    private static final int RARELY = 40;

    private int calls;

    FaultyPool(Watched watched) {
        super(watched, watched.cache());
    }

    /** Returns whether this is the call that goes wrong. */
    boolean isTime() {
        return ++calls % RARELY == 0;
    }
}
