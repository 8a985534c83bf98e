package io.slabcache.bench.latency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.slabcache.bench.slots.GrowthStalls;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * What is known of one subject beside its calls. Times are the longest of all rounds, rates the lowest.
 *
 * @param subject the subject's id
 * @param mebibytesPerSecond by which the live set grew
 * @param mebibytesGrown how far
 * @param growthStalls of all rounds together, {@code null} if the allocator does not count them
 * @param hiccupNanos the longest hiccup of machine and JVM while the subject ran
 * @param openMillis to make the allocator, with what it reserves
 * @param freeMillis to free everything
 * @param mebibytesKept not 0 if that took too long
 * @param shrinkMillis {@code null} if the allocator has no such call
 * @param bystanderGrowNanos the bystander's longest call while the load grew, {@code null} if it made none
 * @param bystanderFreeNanos while it freed everything
 * @param bystanderShrinkNanos while it shrank
 */
@JsonInclude(Include.NON_NULL)
public record SubjectRow(
        String subject,
        double mebibytesPerSecond,
        double mebibytesGrown,
        GrowthStalls growthStalls,
        long hiccupNanos,
        double openMillis,
        double freeMillis,
        double mebibytesKept,
        Double shrinkMillis,
        Long bystanderGrowNanos,
        Long bystanderFreeNanos,
        Long bystanderShrinkNanos) {

    private static final double MIB = 1 << 20;
    private static final double MILLIS = 1e3;

    static SubjectRow of(
            String subject, int objectSize, List<LatencyMeasurement> rounds, Map<Series, Histogram> histograms) {
        double mibPerObject = objectSize / MIB;
        return new SubjectRow(
                subject,
                rounds.stream()
                        .mapToDouble(round -> round.grownObjects() * mibPerObject * MILLIS / round.growMillis())
                        .min()
                        .orElse(0),
                rounds.stream()
                        .mapToDouble(round -> round.grownObjects() * mibPerObject)
                        .min()
                        .orElse(0),
                rounds.stream()
                        .map(LatencyMeasurement::growthStalls)
                        .filter(Objects::nonNull)
                        .reduce(SubjectRow::sum)
                        .orElse(null),
                Math.max(
                        histograms.get(Series.HICCUP).getMaxValue(),
                        histograms.get(Series.GAP).getMaxValue()),
                rounds.stream()
                        .mapToDouble(LatencyMeasurement::openMillis)
                        .max()
                        .orElse(0),
                rounds.stream()
                        .mapToDouble(LatencyMeasurement::freeMillis)
                        .max()
                        .orElse(0),
                rounds.stream()
                        .mapToDouble(round -> round.keptObjects() * mibPerObject)
                        .max()
                        .orElse(0),
                rounds.stream()
                        .map(LatencyMeasurement::shrinkMillis)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                max(histograms, Series.BYSTANDER_GROW),
                max(histograms, Series.BYSTANDER_FREE),
                max(histograms, Series.BYSTANDER_SHRINK));
    }

    private static GrowthStalls sum(GrowthStalls first, GrowthStalls second) {
        return new GrowthStalls(first.count() + second.count(), Math.max(first.longestNanos(), second.longestNanos()));
    }

    private static Long max(Map<Series, Histogram> histograms, Series series) {
        Histogram times = histograms.get(series);
        return times.getTotalCount() == 0 ? null : (Long) times.getMaxValue();
    }
}
