package io.slabcache.bench.page;

import io.slabcache.bench.report.Interval;
import io.slabcache.bench.report.Noise;
import io.slabcache.bench.report.RawResults;
import io.slabcache.bench.report.Row;
import io.slabcache.bench.report.Sentences;
import io.slabcache.bench.report.Summary;
import io.slabcache.bench.report.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of a comparison: a chart of bars for each workload, the fastest on top. */
final class ComparisonPage {

    private static final String SLABCACHE = "#2f7ed8";
    private static final String LIMIT = "#8a8f98";
    private static final String PEER = "#d98e2b";

    private ComparisonPage() {}

    static Page of(RawResults results) {
        List<String> facts = new ArrayList<>(Facts.of(results.origin()));
        facts.add(String.format(
                Locale.ROOT,
                "%d rounds; each benchmark in a new JVM in each round: %d ms of warm-up, %d x %d ms measured; "
                        + "objects of %d bytes",
                results.settings().rounds(),
                results.settings().warmupMillis(),
                results.settings().iterations(),
                results.settings().iterationMillis(),
                results.settings().objectSize()));
        if (!results.failures().isEmpty()) {
            facts.add(results.failures().size() + " forks failed; the JSON file has their output");
        }
        boolean isNoisy = Noise.isTooMuch(results.summary());
        if (isNoisy) {
            facts.addFirst(Noise.WARNING);
        }
        Map<String, List<Row>> figures = new LinkedHashMap<>();
        results.summary()
                .forEach(row -> figures.computeIfAbsent(heading(row), heading -> new ArrayList<>())
                        .add(row));
        return new Page(
                "Slabcache beside its peers",
                facts,
                figures.entrySet().stream()
                        .map(figure -> figure(figure.getKey(), figure.getValue(), isNoisy))
                        .toList());
    }

    private static String heading(Row row) {
        return row.collector() == null ? row.workload() : row.workload() + "-" + row.collector();
    }

    private static Figure figure(String heading, List<Row> unsorted, boolean isNoisy) {
        List<Row> rows = unsorted.stream()
                .sorted(Comparator.comparingDouble(row -> row.nanoseconds().median()))
                .toList();
        return new Figure(
                heading,
                heading,
                Sentences.about(rows.getFirst().workload(), rows, isNoisy),
                Charts.bars(
                        "nanoseconds", rows.stream().map(ComparisonPage::bar).toList()),
                Charts.height(rows.size()),
                table(rows));
    }

    private static Charts.Bar bar(Row row) {
        return new Charts.Bar(
                row.subject(),
                row.nanoseconds().median(),
                row.nanoseconds().lowerQuartile(),
                row.nanoseconds().upperQuartile(),
                colour(row.subject()));
    }

    private static String colour(String subject) {
        return subject.startsWith("limit") ? LIMIT : subject.startsWith("slabcache") ? SLABCACHE : PEER;
    }

    private static TextTable table(List<Row> rows) {
        return new TextTable(
                List.of("subject", "ns", "middle half", "x limit", "x " + Summary.SLABCACHE, "garbage, bytes"),
                rows.stream()
                        .map(row -> List.of(
                                row.subject(),
                                Units.number(row.nanoseconds().median()),
                                Units.number(row.nanoseconds().lowerQuartile()) + " to "
                                        + Units.number(row.nanoseconds().upperQuartile()),
                                ratio(row.toLimit(), row.toLimitInterval()),
                                ratio(row.toSlabcache(), row.toSlabcacheInterval()),
                                Units.number(row.garbageBytes())))
                        .toList());
    }

    private static String ratio(Double ratio, Interval interval) {
        if (ratio == null) {
            return "";
        }
        return interval == null ? Units.number(ratio) : Units.number(ratio) + " (" + interval + ")";
    }
}
