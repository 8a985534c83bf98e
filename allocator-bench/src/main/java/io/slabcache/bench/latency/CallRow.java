package io.slabcache.bench.latency;

import org.HdrHistogram.Histogram;

/**
 * The calls of one subject, of all rounds together; times in nanoseconds. Percentiles are of HdrHistogram, to three digits, and the
 * true value is not above them.
 *
 * @param subject the subject's id
 * @param series which calls
 * @param calls their number
 * @param above1ms calls that took more than a millisecond
 * @param above10ms calls that took more than ten
 */
public record CallRow(
        String subject,
        Series series,
        long calls,
        long p50,
        long p99,
        long p999,
        long p9999,
        long p99999,
        long max,
        long above1ms,
        long above10ms) {

    private static final long MILLI = 1_000_000;

    static CallRow of(String subject, Series series, Histogram times) {
        return new CallRow(
                subject,
                series,
                times.getTotalCount(),
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getValueAtPercentile(99.9),
                times.getValueAtPercentile(99.99),
                times.getValueAtPercentile(99.999),
                times.getMaxValue(),
                above(MILLI, times),
                above(10 * MILLI, times));
    }

    private static long above(long nanos, Histogram times) {
        return times.getTotalCount() - times.getCountBetweenValues(0, nanos);
    }
}
