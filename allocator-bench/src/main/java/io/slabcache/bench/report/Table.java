package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The table at the end, in ASCII for every console: the subjects of each workload, the fastest first. */
public final class Table {

    static final String NONE = "-";
    private static final String ROW = "  %-34s %8s %17s %8s %12s %10s%n";
    private static final double NO_GARBAGE = 0.05;

    private final List<Row> rows;

    public Table(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** What was not measured has no row. Empty if there are no rows. */
    public String render(List<Workload> workloads, List<SubjectInfo> subjects) {
        List<String> shown = subjects.stream().map(SubjectInfo::id).toList();
        if (rows.stream().noneMatch(row -> shown.contains(row.subject()))) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(line("", "ns/op", "middle half", "x limit", "x slabcache", "garbage B"));
        boolean isNoisy = Noise.isTooMuch(rows);
        for (String collector : collectors()) {
            for (Workload workload : workloads) {
                List<Row> measured = rows.stream()
                        .filter(row -> Objects.equals(row.collector(), collector))
                        .filter(row -> row.workload().equals(workload.id()) && shown.contains(row.subject()))
                        .sorted(Comparator.comparingDouble(
                                row -> row.nanoseconds().median()))
                        .toList();
                if (!measured.isEmpty()) {
                    String under = collector == null ? "" : ", collector " + collector;
                    text.append(String.format("%n%s%s: %s%n", workload.id(), under, workload.about()));
                    measured.forEach(row -> text.append(line(row)));
                    if (!isNoisy) {
                        text.append(Sentences.result(measured).indent(2));
                    }
                }
            }
        }
        return text.append(footer()).toString();
    }

    /** The default, which has no name, first. */
    private List<String> collectors() {
        List<String> collectors = new ArrayList<>();
        rows.stream().map(Row::collector).distinct().forEach(collectors::add);
        return collectors;
    }

    private static String line(Row row) {
        Spread spread = row.nanoseconds();
        return line(
                row.subject(),
                number(spread.median()),
                number(spread.lowerQuartile()) + " .. " + number(spread.upperQuartile()),
                ratio(row.toLimit()),
                ratio(row.toSlabcache()),
                garbage(row.garbageBytes()));
    }

    private static String line(String... cells) {
        return String.format(Locale.ROOT, ROW, (Object[]) cells);
    }

    static String number(double value) {
        return Units.number(value);
    }

    static String garbage(double bytes) {
        return bytes < NO_GARBAGE ? "0" : String.format(Locale.ROOT, "%.1f", bytes);
    }

    static String ratio(Double ratio) {
        return ratio == null ? NONE : number(ratio);
    }

    private static String footer() {
        return String.format("""

                ns/op: median over all iterations of all rounds. middle half: their lower to upper quartile.
                x limit, x slabcache: time / that of "%s" and of "%s", taken within each round;
                the median of the rounds. garbage B: heap bytes per operation, the median of the rounds.
                - : there is nothing to divide by.
                """, SubjectInfo.LIMIT, Summary.SLABCACHE);
    }
}
