package io.slabcache.bench.page;

import io.slabcache.bench.catalog.MainSet;
import io.slabcache.bench.report.Interval;
import io.slabcache.bench.report.Noise;
import io.slabcache.bench.report.RawResults;
import io.slabcache.bench.report.Row;
import io.slabcache.bench.report.Sentences;
import io.slabcache.bench.report.Units;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tables of a comparison for documents. */
final class Markdown {

    private static final double NO_GARBAGE = 0.05;

    private final RawResults results;
    private final boolean isNoisy;

    Markdown(RawResults results) {
        this.results = results;
        this.isNoisy = Noise.isTooMuch(results.summary());
    }

    /** Returns nanoseconds, a row for each subject and a column for each workload of the main set. */
    String main() {
        List<String> workloads = MainSet.WORKLOADS.stream()
                .map(Workload::id)
                .filter(workload -> rows(null).anyMatch(row -> row.workload().equals(workload)))
                .toList();
        List<String> subjects = rows(null)
                .filter(row -> workloads.contains(row.workload()))
                .map(Row::subject)
                .distinct()
                .toList();
        StringBuilder text = new StringBuilder("| ns | ")
                .append(String.join(" | ", workloads))
                .append(" |\n|---|");
        text.append("---:|".repeat(workloads.size())).append('\n');
        for (String subject : subjects) {
            List<String> cells = new ArrayList<>(List.of(subject));
            for (String workload : workloads) {
                cells.add(rows(null)
                        .filter(row ->
                                row.workload().equals(workload) && row.subject().equals(subject))
                        .map(row -> Units.number(row.nanoseconds().median()))
                        .findFirst()
                        .orElse("–"));
            }
            text.append(line(cells));
        }
        return text.append('\n').append(origin()).toString();
    }

    /** Returns a table for each workload and collector, the fastest first. */
    String all() {
        StringBuilder text = new StringBuilder();
        collectors()
                .forEach(
                        collector -> workloads(collector).forEach(workload -> text.append(table(workload, collector))));
        return text.append(origin()).toString();
    }

    private String table(String workload, String collector) {
        List<Row> rows = rows(collector)
                .filter(row -> row.workload().equals(workload))
                .sorted(Comparator.comparingDouble(row -> row.nanoseconds().median()))
                .toList();
        StringBuilder text = new StringBuilder("**%s**%s: %s\n\n"
                .formatted(
                        workload,
                        collector == null ? "" : " under " + collector,
                        Sentences.about(workload, rows, isNoisy)));
        text.append("| | ns | middle half | × limit | × slabcache-segment | garbage, bytes |\n");
        text.append("|---|---:|---:|---:|---:|---:|\n");
        rows.forEach(row -> text.append(line(List.of(
                row.subject(),
                Units.number(row.nanoseconds().median()),
                Units.number(row.nanoseconds().lowerQuartile()) + "–"
                        + Units.number(row.nanoseconds().upperQuartile()),
                ratio(row.toLimit(), row.toLimitInterval()),
                ratio(row.toSlabcache(), row.toSlabcacheInterval()),
                row.garbageBytes() < NO_GARBAGE ? "0" : Units.number(row.garbageBytes())))));
        return text.append('\n').toString();
    }

    private String origin() {
        return String.format(
                Locale.ROOT,
                "%s`%s`, %d rounds, %s, %d:%02d minutes; %s, %d cores, %s; %s, %s.\n",
                isNoisy ? Noise.WARNING + " " : "",
                results.origin().command(),
                results.settings().rounds(),
                results.origin().date().replaceFirst("T.*", ""),
                results.origin().seconds() / 60,
                results.origin().seconds() % 60,
                results.origin().machine().cpu(),
                results.origin().machine().cores(),
                results.origin().machine().os(),
                results.origin().machine().jdk(),
                String.join(", ", results.origin().machine().collectors()));
    }

    private Stream<Row> rows(String collector) {
        return results.summary().stream()
                .filter(row -> collector == null ? row.collector() == null : collector.equals(row.collector()));
    }

    /** The default first, which has no name. */
    private List<String> collectors() {
        List<String> collectors = new ArrayList<>();
        results.summary().stream().map(Row::collector).distinct().forEach(collectors::add);
        collectors.sort(Comparator.nullsFirst(Comparator.naturalOrder()));
        return collectors;
    }

    private List<String> workloads(String collector) {
        return rows(collector).map(Row::workload).distinct().toList();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String ratio(Double ratio, Interval interval) {
        if (ratio == null) {
            return "–";
        }
        return interval == null
                ? Units.number(ratio)
                : "%s (%s–%s)"
                        .formatted(Units.number(ratio), Units.number(interval.low()), Units.number(interval.high()));
    }
}
