package io.slabcache.diagnostics;

/**
 * The steps of a cache that take long enough to be timed, each with a histogram of its own.
 *
 * <pre>{@code
 * for (SlowStep step : SlowStep.values()) {
 *     log.info("{}: {}", step.label(), cache.stats().latency(step));
 * }
 * }</pre>
 */
public enum SlowStep {
    /** A move of 64 or more objects from the slab lists to a magazine, with the wait for the lock, without growth. */
    REFILL("refill"),
    /** A move of 64 or more objects from a magazine to the slab lists, with the wait for the lock. */
    FLUSH("flush"),
    /** The making of a slab, by any thread: memory from the source, and the constructor of its objects. */
    GROWTH("growth"),
    /** The wait of a thread that needed an object for a new slab, made by itself or by another thread. */
    GROWTH_STALL("growthStall"),
    /** The return of empty slabs to the memory source. */
    SHRINK("shrink"),
    /**
     * The sleep of a thread that found the lock of the depot or of the slab lists taken for long. {@link
     * SlabCacheStats#contendedLocks} also counts the waits without a sleep, of less than a microsecond.
     */
    LOCK_WAIT("lockWait");

    private final String label;

    SlowStep(String label) {
        this.label = label;
    }

    /** {@return the name in tables and JSON, such as {@code growthStall}} */
    public String label() {
        return label;
    }
}
