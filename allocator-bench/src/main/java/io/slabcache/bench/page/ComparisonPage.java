package io.slabcache.bench.page;

import io.slabcache.bench.report.Interval;
import io.slabcache.bench.report.RawResults;
import io.slabcache.bench.report.Row;
import io.slabcache.bench.report.Sentences;
import io.slabcache.bench.report.Summary;
import io.slabcache.bench.report.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

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
        List<String> workloads =
                results.summary().stream().map(Row::workload).distinct().toList();
        return new Page(
                "Slabcache beside its peers",
                facts,
                workloads.stream().map(workload -> figure(results, workload)).toList());
    }

    private static Figure figure(RawResults results, String workload) {
        List<Row> rows = results.summary().stream()
                .filter(row -> row.workload().equals(workload))
                .sorted(Comparator.comparingDouble(row -> row.nanoseconds().median()))
                .toList();
        return new Figure(
                workload,
                workload,
                Sentences.about(workload, rows),
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
