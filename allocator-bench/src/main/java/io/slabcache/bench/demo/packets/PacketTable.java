package io.slabcache.bench.demo.packets;

import io.slabcache.bench.demo.RoundRatio;
import io.slabcache.bench.demo.Verdicts;
import io.slabcache.bench.report.Units;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The table at the end, in ASCII and at most 100 characters wide, and what it means. */
public final class PacketTable {

    private static final String ROW = "%-15s %10s %6s %11s %7s %8s %7s %7s %8s %4s %5s%n";
    private static final double TAIL = 99.99;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<PacketRow> rows;

    /** Shows what was measured. */
    public PacketTable(List<PacketMeasurement> measurements) {
        this.rows = PacketRow.of(measurements);
    }

    /** Returns the table, the meaning of its columns, and what it says; empty if nothing was measured. */
    public String render() {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(line(
                "", "packets/s", "x ours", "rounds", "CPU", "B/packet", "p50", "p99.99", "longest", "GCs", "lost"));
        rows.forEach(row -> text.append(line(row)));
        return text.append("""

                packets/s: median of the rounds. x ours: times slabcache in the same round, median; rounds: the
                lowest and the highest. CPU, B/packet: processor time and garbage of the receiver and the parser
                for a packet. p50 to longest: a call of the pool, to take or to give, and the clock read twice.
                GCs: collections of all rounds. lost: datagrams that were sent and not received.
                """).append(String.format("%n")).append(meaning()).toString();
    }

    private static String line(PacketRow row) {
        RoundRatio ratio = row.ratio();
        return line(
                row.subject(),
                String.format(Locale.ROOT, "%,.0f", row.rate()),
                ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio.median()),
                ratio == null ? "-" : ratio.range(),
                Units.time(row.cpuNanos()),
                String.format(Locale.ROOT, "%.1f", row.garbage()),
                Units.time(row.calls().getValueAtPercentile(50)),
                Units.time(row.calls().getValueAtPercentile(TAIL)),
                Units.time(row.calls().getMaxValue()),
                row.collections(),
                row.lost());
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }

    private String meaning() {
        Optional<PacketRow> ours = rows.stream()
                .filter(row -> row.subject().equals(PacketSubject.SLABCACHE.id()))
                .findFirst();
        if (ours.isEmpty()) {
            return "";
        }
        PacketRow own = ours.get();
        double nanos = NANOS_PER_SECOND / own.rate();
        return String.format(
                        Locale.ROOT,
                        "With slabcache a packet takes %s and leaves %.1f bytes of garbage; its two calls of the pool%n"
                                + "are %.1f %% of that time, the clock included, and the system's network code most of the rest.%n",
                        Units.time(nanos),
                        own.garbage(),
                        100 * 2 * own.calls().getMean() / nanos)
                + Verdicts.of("packets", others());
    }

    private Map<String, RoundRatio> others() {
        Map<String, RoundRatio> others = new LinkedHashMap<>();
        for (PacketRow row : rows) {
            if (row.ratio() != null && !row.subject().equals(PacketSubject.SLABCACHE.id())) {
                others.put(row.subject(), row.ratio());
            }
        }
        return others;
    }
}
