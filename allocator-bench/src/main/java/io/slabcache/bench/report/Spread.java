package io.slabcache.bench.report;

import java.util.Collection;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Where the middle of some numbers lies, and how far they spread. Quartiles and not a standard
 * deviation: on a shared machine the errors are one-sided and large.
 *
 * @param lowerQuartile a quarter of the numbers lies below
 * @param median half of them lie below
 * @param upperQuartile a quarter of them lies above
 */
public record Spread(double lowerQuartile, double median, double upperQuartile) {

    /** Between two numbers the quartiles are interpolated. */
    public static Spread of(Collection<Double> numbers) {
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        percentile.setData(numbers.stream().mapToDouble(Double::doubleValue).toArray());
        return new Spread(percentile.evaluate(25), percentile.evaluate(50), percentile.evaluate(75));
    }

    /** The median alone. */
    public static double median(Collection<Double> numbers) {
        return of(numbers).median();
    }
}
