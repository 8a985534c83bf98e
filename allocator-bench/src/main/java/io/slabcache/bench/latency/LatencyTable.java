package io.slabcache.bench.latency;

import io.slabcache.bench.report.Units;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The tables at the end, in ASCII and at most 100 characters wide, and what they mean in a sentence. */
public final class LatencyTable {

    private static final String NONE = "-";
    private static final String CALLS = "%-21s %7s %7s %7s %7s %7s %7s %7s %7s %6s %7s%n";
    private static final String REST = "%-21s %8s %7s %7s %7s %8s %9s %9s %9s%n";
    private static final double NANOS_PER_MILLI = 1e6;

    private final LatencySummary summary;

    /** Shows what is measured so far. */
    public LatencyTable(LatencySummary summary) {
        this.summary = summary;
    }

    /** Returns the tables, the meaning of their columns, and the sentence; empty if nothing was measured. */
    public String render() {
        if (summary.subjects().isEmpty()) {
            return "";
        }
        return calls(Series.ALLOCATE) + calls(Series.WRITE) + calls(Series.FREE) + rest() + FOOTER + "\n" + meaning();
    }

    private String calls(Series series) {
        StringBuilder text = new StringBuilder(line(
                CALLS,
                series.about(),
                "p50",
                "p99",
                "p99.9",
                "p99.99",
                "p99.999",
                "max",
                ">1 ms",
                ">10 ms",
                "stalls",
                "hiccup"));
        List<CallRow> rows = summary.of(series);
        for (int i = 0; i < rows.size(); i++) {
            text.append(line(rows.get(i), summary.subjects().get(i)));
        }
        return text.append(System.lineSeparator()).toString();
    }

    private static String line(CallRow row, SubjectRow subject) {
        return line(
                CALLS,
                row.subject(),
                Units.time(row.p50()),
                Units.time(row.p99()),
                Units.time(row.p999()),
                Units.time(row.p9999()),
                Units.time(row.p99999()),
                Units.time(row.max()),
                row.above1ms(),
                row.above10ms(),
                subject.growthStalls() == null ? NONE : subject.growthStalls().count(),
                Units.time(subject.hiccupNanos()));
    }

    private String rest() {
        StringBuilder text = new StringBuilder(
                line(REST, "", "open", "MiB", "MiB/s", "free", "shrink", "by grow", "by free", "by shrink"));
        for (SubjectRow row : summary.subjects()) {
            text.append(line(
                    REST,
                    row.subject(),
                    millis(row.openMillis()),
                    Math.round(row.mebibytesGrown()),
                    Math.round(row.mebibytesPerSecond()),
                    (row.mebibytesKept() > 0 ? ">" : "") + millis(row.freeMillis()),
                    row.shrinkMillis() == null ? NONE : millis(row.shrinkMillis()),
                    wait(row.bystanderGrowNanos()),
                    wait(row.bystanderFreeNanos()),
                    wait(row.bystanderShrinkNanos())));
        }
        return text.toString();
    }

    private String meaning() {
        Comparator<CallRow> byTail = Comparator.comparingLong(CallRow::p99999);
        List<CallRow> rows = summary.of(Series.ALLOCATE);
        CallRow best = rows.stream().min(byTail).orElseThrow();
        CallRow worst = rows.stream().max(byTail).orElseThrow();
        return String.format(
                "While memory grows, one allocation in 100,000 takes %s or more with %s, and%n"
                        + "%s or more with %s; the machine alone paused for up to %s and %s%n"
                        + "there, and a maximum below twice that says nothing about an allocator.%n",
                Units.time(best.p99999()),
                best.subject(),
                Units.time(worst.p99999()),
                worst.subject(),
                Units.time(hiccup(best)),
                Units.time(hiccup(worst)));
    }

    private long hiccup(CallRow of) {
        return summary.subjects().stream()
                .filter(row -> row.subject().equals(of.subject()))
                .findFirst()
                .orElseThrow()
                .hiccupNanos();
    }

    private static String wait(Long nanos) {
        return nanos == null ? NONE : Units.time(nanos);
    }

    private static String millis(double millis) {
        return Units.time(millis * NANOS_PER_MILLI);
    }

    private static String line(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }

    private static final String FOOTER = """

            Each call counts from the time at which it was due, so a late one counts for all it held up.
            stalls: calls of Slabcache that made memory themselves. hiccup: the longest pause of machine and
            JVM in the same runs, by a sleeping thread and by the load's own while it waited.
            open, free, shrink: to make the allocator, to free everything, to give memory back. MiB, MiB/s:
            how far and how fast the live set grew. by grow, by free, by shrink: the longest call of a thread
            that allocates and frees from a warm cache meanwhile. Of several rounds: calls and stalls
            together, otherwise the worst. -: no such call or count. >: stopped, because it took too long.
            """;
}
