package io.slabcache.bench.cli;

import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Step;

/**
 * Estimates how long the rest of a plan takes. What is shown never grows by more than a tenth of the least that was shown:
 * a machine that becomes slow shows in a time that stands still.
 */
final class TimeLeft {

    /** The plan's own estimate counts as much as so much measured time: the first forks tell little. */
    private static final double TRUST_MILLIS = 10_000;

    private static final double MOST_GROWTH = 1.1;

    private final Plan plan;
    private long rest;
    private long done;
    private double least = Double.POSITIVE_INFINITY;

    TimeLeft(Plan plan) {
        this.plan = plan;
        this.rest = plan.millis();
    }

    /** A step has ended. */
    void ended(Step step) {
        long planned = plan.millis(step);
        rest -= planned;
        done += planned;
    }

    /** Returns the milliseconds to show, so long after the start. */
    long millis(long elapsed) {
        double slowness = (elapsed + TRUST_MILLIS) / (done + TRUST_MILLIS);
        double shown = Math.min(rest * slowness, MOST_GROWTH * least);
        least = Math.min(least, shown);
        return Math.round(shown);
    }
}
