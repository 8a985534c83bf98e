package io.slabcache.bench.report;

import java.util.Collection;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * The middle and the spread of some numbers. Quartiles, not a standard deviation: on a shared machine the errors are
 * one-sided and large.
 *
 * @param lowerQuartile a quarter of the numbers is below
 * @param median half of them are below
 * @param upperQuartile a quarter of them is above
 */
public record Spread(double lowerQuartile, double median, double upperQuartile) {

    /** Interpolates quartiles between two numbers. */
    public static Spread of(Collection<Double> numbers) {
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(numbers.stream().mapToDouble(Double::doubleValue).toArray());
        return new Spread(percentile.evaluate(25), percentile.evaluate(50), percentile.evaluate(75));
    }

    /** Returns the median only. */
    public static double median(Collection<Double> numbers) {
        return of(numbers).median();
    }
}
