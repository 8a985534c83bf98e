package io.slabcache.internal.keeper;

/** One cache, as its keeper sees it. */
public interface Kept {
    /** What a cache expects of its keeper while nothing is to be done. */
    enum Need {
        /** Nothing: the cache wakes the keeper if it needs one. */
        NONE,
        /** That its thread runs, because the caller of a nudge cannot start it. */
        PRESENCE,
        /** Looks at regular times, without being asked. */
        LOOKS
    }

    /**
     * Does one step of work: not more than to make one slab or to give one back. Called by one thread at a time. Throws
     * nothing.
     *
     * @param now the {@link System#nanoTime}
     * @return whether it did anything
     */
    boolean work(long now);

    /** {@return what the cache expects now} */
    Need need();
}
