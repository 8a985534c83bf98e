package io.slabcache.bench.report;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table at the end, in ASCII for every console: one row for each subject under each workload, in a fixed order. */
public final class Table {

    static final String NONE = "-";
    private static final String ROW = "  %-34s %8s %17s %8s %12s %10s%n";
    private static final int THREE_DIGITS = 100;
    private static final double NO_GARBAGE = 0.05;

    private final List<Row> rows;

    public Table(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * Every subject has a row under every workload; a dash stands for a missing measurement. Empty if there are no
     * subjects.
     */
    public String render(List<Workload> workloads, List<SubjectInfo> subjects) {
        if (subjects.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(line("", "ns/op", "middle half", "x limit", "x slabcache", "garbage B"));
        for (Workload workload : workloads) {
            text.append(String.format("%n%s: %s%n", workload.id(), workload.about()));
            for (SubjectInfo subject : subjects) {
                text.append(find(workload, subject)
                        .map(Table::line)
                        .orElseGet(() -> line(subject.id(), NONE, NONE, NONE, NONE, NONE)));
            }
        }
        return text.append(footer()).toString();
    }

    private Optional<Row> find(Workload workload, SubjectInfo subject) {
        return rows.stream()
                .filter(row ->
                        row.workload().equals(workload.id()) && row.subject().equals(subject.id()))
                .findFirst();
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
        return String.format(Locale.ROOT, value < THREE_DIGITS ? "%.2f" : "%.0f", value);
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
                - : not measured, or not supported by the subject.
                """, SubjectInfo.LIMIT, Summary.SLABCACHE);
    }
}
