package io.slabcache.bench.latency;

import java.util.function.LongSupplier;

/**
 * Says when each operation of a steady load is due. An operation that starts late, because an earlier one took long, still
 * counts from the time at which it was due; otherwise a stall would count once and not for all that it held up
 * (coordinated omission).
 *
 * <p>It waits by reading the clock again and again. A gap between two readings is a hiccup of the machine or the JVM, seen by
 * the very thread that is measured.
 */
final class Pace {

    private final LongSupplier clock;
    private final Times gaps;
    private final double intervalNanos;
    private final long start;

    /**
     * Begins now.
     *
     * @param clock nanoseconds
     * @param intervalNanos 0 to start each operation at once
     * @param gaps gets the time between readings of the clock
     */
    Pace(LongSupplier clock, double intervalNanos, Times gaps) {
        this.clock = clock;
        this.intervalNanos = intervalNanos;
        this.gaps = gaps;
        this.start = clock.getAsLong();
    }

    /** Waits until an operation is due; returns when it was due, or the current time if there is no rate. */
    long await(long operation) {
        long before = clock.getAsLong();
        if (intervalNanos == 0) {
            return before;
        }
        long due = start + (long) (operation * intervalNanos);
        while (before - due < 0) {
            Thread.onSpinWait();
            long now = clock.getAsLong();
            gaps.record(now - before);
            before = now;
        }
        return due;
    }

    /** Returns the time since the start. */
    long elapsed() {
        return clock.getAsLong() - start;
    }
}
