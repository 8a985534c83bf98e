package io.slabcache.bench.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where a ratio lies with 95 % confidence, as far as this run can tell.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

    private static final double OUTSIDE = 0.025;

    /** A ratio whose interval is wider than half of it says little. */
    private static final double NOISY = 0.5;

    /** Returns the middle 95 % of the values; needs one at least. */
    static Interval of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int outside = (int) (OUTSIDE * sorted.length);
        return new Interval(sorted[outside], sorted[sorted.length - 1 - outside]);
    }

    /** Returns whether both ends are on the same side of a limit. */
    boolean isDecidedBy(Bound bound) {
        return bound.isMetBy(low) == bound.isMetBy(high);
    }

    /** Returns whether a machine that gives such an interval is too noisy to compare anything. */
    boolean isTooWideFor(double ratio) {
        return high - low > NOISY * Math.abs(ratio);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s to %s", Units.number(low), Units.number(high));
    }
}
