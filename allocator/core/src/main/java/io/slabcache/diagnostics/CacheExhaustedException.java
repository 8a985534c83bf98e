package io.slabcache.diagnostics;

/**
 * Thrown when a bounded cache has no object left for the caller. The next free makes allocation possible again. Also
 * thrown by {@link Debug#FAULTS} on purpose; the message then says so.
 *
 * <pre>{@code
 * try {
 *     send(cache.allocate());
 * } catch (CacheExhaustedException e) {
 *     log.warn("{} of {} live", e.liveObjects(), e.maxObjects());
 * }
 * }</pre>
 *
 * <p>The numbers are counted just after the refusal, while other threads run: an object on its way between a slab and
 * another thread's magazines counts as live.
 */
public final class CacheExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Objects that the call asked for. */
    private final long asked;

    /** The bound. */
    private final long maxObjects;

    /** Live objects just after the refusal. */
    private final long liveObjects;

    /** Free objects in other threads' magazines just after the refusal. */
    private final long cachedElsewhere;

    /**
     * Creates the exception for a refused allocation.
     *
     * @param cache the cache in words
     * @param asked objects that the call asked for
     * @param stats counted just after the refusal
     * @param injected whether {@link Debug#FAULTS} caused the failure
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
     * Returns how many objects the call asked for.
     *
     * @return objects
     */
    public long asked() {
        return asked;
    }

    /**
     * Returns the bound of the cache.
     *
     * @return objects
     */
    public long maxObjects() {
        return maxObjects;
    }

    /**
     * Returns how many objects were live just after the call failed.
     *
     * @return objects
     */
    public long liveObjects() {
        return liveObjects;
    }

    /**
     * Returns how many free objects the magazines of other threads held just after the call failed.
     *
     * @return objects
     */
    public long cachedElsewhere() {
        return cachedElsewhere;
    }
}
