package io.slabcache.bench.page;

import io.slabcache.bench.latency.CallRow;
import io.slabcache.bench.latency.LatencyResults;
import io.slabcache.bench.latency.Series;
import io.slabcache.bench.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of a run of {@code latency}: for each kind of call, a curve of percentiles for each subject. */
final class LatencyPage {

    /** A percentile of 100 would be infinitely far to the right. */
    private static final double ALL = 100;

    private static final Map<Series, String> SENTENCES = Map.of(
            Series.ALLOCATE,
            "Time of an allocation while the live set grows, from the moment at which it was due. "
                    + "Lower is faster; the far right is the worst call.",
            Series.WRITE,
            "The same until the first 8 bytes of the object are written: a page fault shows here.",
            Series.FREE,
            "Time of a free while everything is freed.",
            Series.BYSTANDER_GROW,
            "Time of the calls of another thread, which needs no growth, while the live set grows.",
            Series.BYSTANDER_SHRINK,
            "Time of the calls of another thread while the allocator gives its memory back.",
            Series.HICCUP,
            "Late wake-ups of a thread that only sleeps: what the machine and the JVM add to every call.");

    private LatencyPage() {}

    static Page of(LatencyResults results) {
        List<String> facts = new ArrayList<>(Facts.of(results.origin()));
        facts.add(String.format(
                Locale.ROOT,
                "%,d objects of %,d bytes, growing by %s",
                results.plan().objects(),
                results.plan().objectSize(),
                results.mebibytesPerSecond() == 0
                        ? "as much as each subject can"
                        : results.mebibytesPerSecond() + " MiB/s"));
        List<Figure> figures = new ArrayList<>();
        for (Series series : Series.values()) {
            if (SENTENCES.containsKey(series)) {
                figures.addAll(figure(results, series));
            }
        }
        return new Page("Slabcache: latency while memory grows", facts, figures);
    }

    /** Returns one figure; none if no subject has such calls. */
    private static List<Figure> figure(LatencyResults results, Series series) {
        List<Charts.Line> lines = new ArrayList<>();
        results.summary().curves().forEach((subject, curves) -> {
            List<double[]> points = points(curves.getOrDefault(series, List.of()));
            if (!points.isEmpty()) {
                lines.add(new Charts.Line(subject, points));
            }
        });
        if (lines.isEmpty()) {
            return List.of();
        }
        return List.of(new Figure(
                series.name().toLowerCase(Locale.ROOT),
                series.about(),
                SENTENCES.get(series),
                Charts.lines(
                        Charts.axis("log", "percentile", "percentile", 28),
                        Charts.axis("log", "time", "time", 52),
                        lines),
                Charts.LINES_PIXELS,
                table(results, series)));
    }

    /** Returns pairs of "one call in so many takes longer" and nanoseconds. */
    private static List<double[]> points(List<double[]> curve) {
        List<double[]> points = new ArrayList<>();
        for (double[] point : curve) {
            double onceIn = point[0] < ALL ? ALL / (ALL - point[0]) : point[2];
            if (point[1] > 0 && onceIn >= 1) {
                points.add(new double[] {onceIn, point[1]});
            }
        }
        return points;
    }

    private static TextTable table(LatencyResults results, Series series) {
        return new TextTable(
                List.of("subject", "calls", "p50", "p99", "p99.9", "p99.99", "p99.999", "longest", "above 1 ms"),
                results.summary().calls().stream()
                        .filter(row -> row.series() == series && row.calls() > 0)
                        .map(LatencyPage::cells)
                        .toList());
    }

    private static List<String> cells(CallRow row) {
        return List.of(
                row.subject(),
                String.format(Locale.ROOT, "%,d", row.calls()),
                Units.time(row.p50()),
                Units.time(row.p99()),
                Units.time(row.p999()),
                Units.time(row.p9999()),
                Units.time(row.p99999()),
                Units.time(row.max()),
                String.format(Locale.ROOT, "%,d", row.above1ms()));
    }
}
