package io.slabcache.tests.model;

/** The real cache, in which something goes wrong once in so many calls that it is no easy prey. */
class FaultyPool extends CachePool {
    private static final int RARELY = 40;

    private int calls;

    FaultyPool(Watched watched) {
        super(watched, watched.cache());
    }

    /** Whether this is the call that goes wrong. */
    boolean isTime() {
        return ++calls % RARELY == 0;
    }
}
