package io.slabcache.diagnostics;

/**
 * Which allocations of a cache fail on purpose, to find out whether its callers handle that. A failure looks as if the bound
 * was reached. Given to {@link io.slabcache.SlabCacheBuilder#faults}, or as {@code
 * -Dslabcache.debug.faults=rate=0.01,seed=42}, where the names are {@code rate}, {@code interval}, {@code after}, {@code times}
 * and {@code seed}.
 *
 * <pre>{@code
 * SlabCache.builder("orders", 128).faults(AllocationFaults.interval(100).after(1_000)).build();
 * }</pre>
 *
 * <p>The first {@code after} allocations are spared. Of the others each fails with probability {@code rate}, or each {@code
 * interval}-th one, until {@code times} have failed.
 *
 * @param rate probability, 0 to 1; 0 if the interval counts
 * @param interval 1 or more, or 0 if the rate counts
 * @param after allocations that are spared, 0 or more
 * @param times failures at most, 1 or more
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
     * Each allocation fails with some probability.
     *
     * @param rate more than 0, up to 1
     * @param seed of the random numbers: the same seed makes the same allocations fail, counted from the first
     * @return the faults
     */
    public static AllocationFaults rate(double rate, long seed) {
        return new AllocationFaults(rate, 0, 0, Long.MAX_VALUE, seed);
    }

    /**
     * Every so many allocations one fails.
     *
     * @param allocations 1 for all, 2 for every second one
     * @return the faults
     */
    public static AllocationFaults interval(long allocations) {
        return new AllocationFaults(0, allocations, 0, Long.MAX_VALUE, 1);
    }

    /**
     * Spares the first allocations; the rest is as before, counted from then on.
     *
     * @param allocations 0 or more
     * @return the faults
     */
    public AllocationFaults after(long allocations) {
        return new AllocationFaults(rate, interval, allocations, times, seed);
    }

    /**
     * Ends after some failures.
     *
     * @param failures 1 or more
     * @return the faults
     */
    public AllocationFaults times(long failures) {
        return new AllocationFaults(rate, interval, after, failures, seed);
    }
}
