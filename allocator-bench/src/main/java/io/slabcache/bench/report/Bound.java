package io.slabcache.bench.report;

import java.util.Locale;

/**
 * The limit of a target.
 *
 * @param atMost whether smaller is better
 * @param value still meets the target
 */
record Bound(boolean atMost, double value) {

    static Bound atMost(double value) {
        return new Bound(true, value);
    }

    static Bound atLeast(double value) {
        return new Bound(false, value);
    }

    boolean isMetBy(double measured) {
        return atMost ? measured <= value : measured >= value;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.1f", atMost ? "<=" : ">=", value);
    }
}
