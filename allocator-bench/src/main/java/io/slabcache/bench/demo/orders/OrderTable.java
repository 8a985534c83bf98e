package io.slabcache.bench.demo.orders;

import io.slabcache.bench.demo.RoundRatio;
import io.slabcache.bench.demo.Verdicts;
import io.slabcache.bench.report.Units;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table at the end, in ASCII and at most 100 characters wide, and what it means. */
public final class OrderTable {

    private static final String ROW = "%-16s %11s %6s %10s %7s %7s %7s %8s %4s %6s %6s%n";

    private final List<OrderMeasurement> measurements;
    private final List<OrderRow> rows;

    /** Shows what was measured, at least one fork. */
    public OrderTable(List<OrderMeasurement> measurements) {
        this.measurements = measurements;
        this.rows = OrderRow.of(measurements);
    }

    /** Returns whether all books made the same trades in the same order. */
    public boolean isSound() {
        OrderMeasurement first = measurements.getFirst();
        return measurements.stream().allMatch(measurement -> isLike(first, measurement));
    }

    private static boolean isLike(OrderMeasurement first, OrderMeasurement other) {
        return first.sum() == other.sum() && first.trades() == other.trades() && first.resting() == other.resting();
    }

    /** Returns the table, the meaning of its columns, and what it says. */
    public String render() {
        StringBuilder text = new StringBuilder(
                line("", "events/s", "x ours", "rounds", "p50", "p99", "p99.99", "longest", "GCs", "pause", "B"));
        rows.forEach(row -> text.append(line(row)));
        return text.append("""

                events/s: median of the rounds. x ours: times slabcache in the same round, median; rounds: the
                lowest and the highest. p50 to longest: one event, with one reading of the clock, in a pass of
                its own. GCs, pause: collections of all rounds, and the milliseconds for which they stopped the
                program. B: heap bytes per event.

                """).append(trades()).append(meaning()).toString();
    }

    private static String line(OrderRow row) {
        RoundRatio ratio = row.ratio();
        return line(
                row.subject(),
                String.format(Locale.ROOT, "%,.0f", row.rate()),
                ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio.median()),
                ratio == null ? "-" : ratio.range(),
                Units.time(row.times().getValueAtPercentile(50)),
                Units.time(row.times().getValueAtPercentile(99)),
                Units.time(row.times().getValueAtPercentile(99.99)),
                Units.time(row.times().getMaxValue()),
                row.collections(),
                row.pauseMillis(),
                String.format(Locale.ROOT, "%.1f", row.garbage()));
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }

    private String trades() {
        OrderMeasurement first = measurements.getFirst();
        if (isSound()) {
            return String.format(
                    Locale.ROOT,
                    "All books made the same %,d trades in the same order (checksum%n%016x); orders that rest at the end: %,d.%n",
                    first.trades(),
                    first.sum(),
                    first.resting());
        }
        return measurements.stream()
                .map(book -> String.format(
                        Locale.ROOT,
                        "DIFFERENT TRADES: %s made %,d (checksum %016x) in round %d, and %,d orders rest.%n",
                        book.subject(),
                        book.trades(),
                        book.sum(),
                        book.round(),
                        book.resting()))
                .collect(Collectors.joining());
    }

    private String meaning() {
        Map<String, RoundRatio> others = new LinkedHashMap<>();
        for (OrderRow row : rows) {
            if (row.ratio() != null && !row.subject().equals(OrderSubject.SLABCACHE.id())) {
                others.put(row.subject(), row.ratio());
            }
        }
        return Verdicts.of("events", others);
    }
}
