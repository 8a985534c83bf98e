package io.slabcache.bench.latency;

import io.slabcache.bench.slots.SlotSubject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * All rounds together, subject by subject in the order of the table.
 *
 * @param calls one row for each subject and series
 * @param subjects one row for each subject
 * @param curves for each subject and series: triples of percentile, nanoseconds and calls up to there
 */
public record LatencySummary(
        List<CallRow> calls, List<SubjectRow> subjects, Map<String, Map<Series, List<double[]>>> curves) {

    /** Points of a curve each time that the distance to 100 % halves. */
    private static final int POINTS = 5;

    static LatencySummary of(int objectSize, List<LatencyMeasurement> measurements) {
        List<CallRow> calls = new ArrayList<>();
        List<SubjectRow> subjects = new ArrayList<>();
        Map<String, Map<Series, List<double[]>>> curves = new LinkedHashMap<>();
        for (SlotSubject subject : SlotSubject.values()) {
            List<LatencyMeasurement> rounds = measurements.stream()
                    .filter(measurement -> measurement.subject().equals(subject.id()))
                    .toList();
            if (!rounds.isEmpty()) {
                Map<Series, Histogram> sums = sums(rounds);
                sums.forEach((series, sum) -> calls.add(CallRow.of(subject.id(), series, sum)));
                subjects.add(SubjectRow.of(subject.id(), objectSize, rounds, sums));
                curves.put(subject.id(), curves(sums));
            }
        }
        return new LatencySummary(calls, subjects, curves);
    }

    private static Map<Series, Histogram> sums(List<LatencyMeasurement> rounds) {
        Map<Series, Histogram> sums = new EnumMap<>(Series.class);
        for (Series series : Series.values()) {
            Histogram sum = new Times().histogram();
            rounds.forEach(round -> sum.add(Times.decode(round.histograms().get(series))));
            sums.put(series, sum);
        }
        return sums;
    }

    private static Map<Series, List<double[]>> curves(Map<Series, Histogram> sums) {
        Map<Series, List<double[]>> curves = new EnumMap<>(Series.class);
        sums.forEach((series, sum) -> curves.put(series, curve(sum)));
        return curves;
    }

    private static List<double[]> curve(Histogram histogram) {
        List<double[]> curve = new ArrayList<>();
        for (HistogramIterationValue point : histogram.percentiles(POINTS)) {
            curve.add(
                    new double[] {point.getPercentile(), point.getValueIteratedTo(), point.getTotalCountToThisValue()});
        }
        return curve;
    }

    /** Returns the rows of a series. */
    List<CallRow> of(Series series) {
        return calls.stream().filter(row -> row.series() == series).toList();
    }
}
