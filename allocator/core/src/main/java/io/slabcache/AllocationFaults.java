package io.slabcache;

import io.slabcache.internal.debug.FaultPlan;

/**
 * Which allocations of a cache fail on purpose, to find out whether its callers bear it. A failure looks as if the bound
 * was reached. Given to {@link SlabCacheBuilder#faults}, or as {@code -Dslabcache.debug.faults=rate=0.01,seed=42}, where
 * the names are {@code rate}, {@code interval}, {@code after}, {@code times} and {@code seed}.
 */
public final class AllocationFaults {
    final FaultPlan plan;

    private AllocationFaults(FaultPlan plan) {
        this.plan = plan;
    }

    /**
     * Each allocation fails with some probability.
     *
     * @param rate more than 0, up to 1
     * @param seed of the random numbers: the same one lets the same allocations fail, counted from the first
     * @return the faults
     */
    public static AllocationFaults rate(double rate, long seed) {
        return new AllocationFaults(new FaultPlan(rate, 0, 0, Long.MAX_VALUE, seed));
    }

    /**
     * Every so many allocations one fails.
     *
     * @param allocations 1 for all, 2 for every second one
     * @return the faults
     */
    public static AllocationFaults interval(long allocations) {
        return new AllocationFaults(new FaultPlan(0, allocations, 0, Long.MAX_VALUE, 1));
    }

    /**
     * Spares the first allocations; the rest is as before, counted from then on.
     *
     * @param allocations 0 or more
     * @return the faults
     */
    public AllocationFaults after(long allocations) {
        return new AllocationFaults(
                new FaultPlan(plan.rate(), plan.interval(), allocations, plan.times(), plan.seed()));
    }

    /**
     * Ends after some failures.
     *
     * @param failures 1 or more
     * @return the faults
     */
    public AllocationFaults times(long failures) {
        return new AllocationFaults(new FaultPlan(plan.rate(), plan.interval(), plan.after(), failures, plan.seed()));
    }

    @Override
    public String toString() {
        return plan.toString();
    }
}
