package io.slabcache.diagnostics;

/**
 * Selects allocations of a cache that fail on purpose, to test whether callers handle failure. A failure looks as if
 * the bound was reached. Set by {@link io.slabcache.SlabCacheBuilder#faults} or by a system property with the same
 * names, for example {@code -Dslabcache.debug.faults=rate=0.01,seed=42}.
 *
 * <pre>{@code
 * SlabCache.builder("orders", 128).faults(AllocationFaults.interval(100).after(1_000)).build();
 * }</pre>
 *
 * <p>The first {@code after} allocations never fail. Each later one fails with probability {@code rate}, or else each
 * {@code interval}-th one fails, until {@code times} have failed.
 *
 * @param rate probability, 0 to 1; 0 if the interval counts
 * @param interval 1 or more, or 0 if the rate counts
 * @param after number of first allocations that never fail, 0 or more
 * @param times largest number of failures, 1 or more
 * @param seed of the random numbers for the rate
 */
public record AllocationFaults(double rate, long interval, long after, long times, long seed) {
    /** Checks the numbers. */
    public AllocationFaults {
        require(rate >= 0 && rate <= 1, "rate", rate, "0 to 1");
        require(interval >= 0, "interval", interval, "0 or more");
        require(after >= 0, "after", after, "0 or more");
        require(times >= 1, "times", times, "1 or more");
        require(rate == 0 || interval == 0, "rate", rate, "0, because an interval is given");
        require(rate > 0 || interval > 0, "rate", rate, "more than 0, or an interval");
    }

    private static void require(boolean holds, String name, Number given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + given + "; expected " + expected);
        }
    }

    /**
     * Makes each allocation fail with the same probability.
     *
     * @param rate more than 0, up to 1
     * @param seed of the random numbers: the same seed makes the same allocations fail, counted from the first
     * @return the faults
     */
    public static AllocationFaults rate(double rate, long seed) {
        return new AllocationFaults(rate, 0, 0, Long.MAX_VALUE, seed);
    }

    /**
     * Makes one allocation in a fixed number fail.
     *
     * @param allocations 1 for all, 2 for every second one
     * @return the faults
     */
    public static AllocationFaults interval(long allocations) {
        return new AllocationFaults(0, allocations, 0, Long.MAX_VALUE, 1);
    }

    /**
     * Returns these faults with the first allocations spared; counting starts after them.
     *
     * @param allocations 0 or more
     * @return the faults
     */
    public AllocationFaults after(long allocations) {
        return new AllocationFaults(rate, interval, allocations, times, seed);
    }

    /**
     * Returns these faults with a limit on their number.
     *
     * @param failures 1 or more
     * @return the faults
     */
    public AllocationFaults times(long failures) {
        return new AllocationFaults(rate, interval, after, failures, seed);
    }
}
