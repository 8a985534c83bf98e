package io.slabcache.bench.memory;

import io.slabcache.bench.slots.SlotSubject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The tables at the end, in ASCII and at most 100 characters wide, and what they mean in a sentence each. */
public final class MemoryTable {

    private static final String ROW = "%-21s %7s %7s %6s %7s %7s %7s %7s %7s %7s %6s%n";
    private static final String ACCESS = "%-21s %7s %9s %9s%n";
    private static final double MIB = 1 << 20;

    private final MemoryResults results;

    /** Shows what is measured so far. */
    public MemoryTable(MemoryResults results) {
        this.results = results;
    }

    /** Returns the tables and the meaning of their columns; empty if nothing was measured. */
    public String render() {
        StringBuilder text = new StringBuilder();
        if (!results.summary().isEmpty()) {
            text.append(line(
                    ROW, "MiB", "live", "peak", "x live", "at 10 %", "x live", "freed", "shrunk", "idle", "steady+",
                    "x live"));
            results.summary().forEach(row -> text.append(line(row)));
            text.append(footer()).append(String.format("%n")).append(meaning()).append(String.format("%n"));
        }
        if (!results.accesses().isEmpty()) {
            text.append(line(ACCESS, "random access", "MiB", "huge MiB", "ns"));
            results.accesses().forEach(access -> text.append(line(access)));
            text.append(meaningOfAccesses());
        }
        return text.toString();
    }

    private static String line(MemoryRow row) {
        return line(
                ROW,
                row.subject(),
                mib(row.liveBytes()),
                mib(row.peakBytes()),
                ratio(row.fullRatio()),
                mib(row.tenthBytes()),
                ratio(row.tenthRatio()),
                mib(row.emptyBytes()),
                mib(row.shrunkBytes()),
                mib(row.idleBytes()),
                mib(row.steadyGrowthBytes()),
                ratio(row.steadyRatio()));
    }

    private static String line(AccessMeasurement access) {
        return line(
                ACCESS,
                access.subject(),
                mib(access.bytes()),
                mib(access.hugeBytes()),
                String.format(Locale.ROOT, "%.1f", access.nanosPerAccess()));
    }

    private String footer() {
        boolean isResident = results.forks().stream().allMatch(MemoryMeasurement::isResident);
        return """

                %s, above what it was before the allocator was made.
                live: the objects. peak: the most of all samples; x live: when all objects were live. at 10 %%:
                when nine of ten were freed, at random; x live: to those still live. freed: all objects. shrunk:
                told to give memory back, if there is such a call. idle: some time later. steady+: growth while
                a quarter of the objects was replaced one by one, at random; x live: at the end of that.
                """.formatted(
                        isResident ? "Resident set of the process" : "No resident set here: committed virtual memory");
    }

    private String meaning() {
        Comparator<MemoryRow> byRest = Comparator.comparingLong(MemoryRow::idleBytes);
        List<MemoryRow> rows = results.summary();
        MemoryRow best = rows.stream().min(byRest).orElseThrow();
        MemoryRow worst = rows.stream().max(byRest).orElseThrow();
        return String.format(
                "Of a burst of %s MiB that is over, the process keeps %s MiB with %s,%nand %s MiB with %s.%n",
                mib(best.liveBytes()), mib(best.idleBytes()), best.subject(), mib(worst.idleBytes()), worst.subject());
    }

    private String meaningOfAccesses() {
        return results.accesses().stream()
                .filter(access -> access.subject().equals(SlotSubject.HUGE.id()))
                .findFirst()
                .flatMap(huge -> results.accesses().stream()
                        .filter(access -> access.subject().equals(SlotSubject.MAPPED.id()))
                        .findFirst()
                        .map(base -> String.format(
                                Locale.ROOT,
                                "%nAn access that waits for the one before it takes %.1f ns in base pages and%n"
                                        + "%.1f ns in huge ones, of which the system gave %s MiB.%n",
                                base.nanosPerAccess(),
                                huge.nanosPerAccess(),
                                mib(huge.hugeBytes()))))
                .orElse("");
    }

    private static String mib(long bytes) {
        return String.valueOf(Math.round(bytes / MIB));
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static String line(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }
}
