package io.slabcache.internal.keeper;

/** One cache, as its keeper sees it. */
public interface Kept {
    /**
     * Does one step of work: not more than to make one slab or to give one back. Called by one thread at a time. Throws
     * nothing.
     *
     * @param now the {@link System#nanoTime}
     * @return whether it did anything
     */
    boolean work(long now);

    /** {@return whether the cache needs looks at regular times, without being asked} */
    boolean isRegular();
}
