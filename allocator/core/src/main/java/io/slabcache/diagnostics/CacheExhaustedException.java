package io.slabcache.diagnostics;

/**
 * Thrown when a bounded cache has no object left for the caller. The next free makes allocation possible again. Also
 * thrown by a cache with {@link Debug#FAULTS}, which pretends to; the message says so.
 *
 * <p>The numbers are counted just after the refusal. Other threads go on meanwhile: an object that one of them is moving
 * between a slab and its magazines counts as live.
 */
public final class CacheExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Objects that the call wanted. */
    private final long asked;

    /** The bound. */
    private final long maxObjects;

    /** Objects in use then. */
    private final long liveObjects;

    /** Free objects in other threads' magazines then. */
    private final long cachedElsewhere;

    /**
     * A refused allocation.
     *
     * @param cache the cache in words
     * @param asked objects that the call wanted
     * @param stats counted just after the refusal
     * @param injected whether the failure was asked for by {@link Debug#FAULTS}
     */
    public CacheExhaustedException(String cache, long asked, SlabCacheStats stats, boolean injected) {
        super((injected ? "failure injected by Debug.FAULTS, as if " : "") + cache
                + " is exhausted: asked for " + asked + " of at most " + stats.maxObjects()
                + " objects, " + stats.liveObjects() + " are live and " + stats.cachedObjects()
                + " cached by other threads; free objects earlier, raise maxObjects, or use tryAllocate");
        this.asked = asked;
        this.maxObjects = stats.maxObjects();
        this.liveObjects = stats.liveObjects();
        this.cachedElsewhere = stats.cachedObjects();
    }

    /**
     * How many objects the call wanted.
     *
     * @return objects
     */
    public long asked() {
        return asked;
    }

    /**
     * The bound of the cache.
     *
     * @return objects
     */
    public long maxObjects() {
        return maxObjects;
    }

    /**
     * Objects in use just after the call failed.
     *
     * @return objects
     */
    public long liveObjects() {
        return liveObjects;
    }

    /**
     * Free objects in the magazines of other threads just after the call failed.
     *
     * @return objects
     */
    public long cachedElsewhere() {
        return cachedElsewhere;
    }
}
